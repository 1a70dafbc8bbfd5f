// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Access;
using Frontier.Decisions.Models;
using Frontier.Edge.Access;
using Frontier.Protocols.Http;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Benchmarks;

/// <summary>What a signature adds to a hit: taken off the request and judged, verified or remembered.</summary>
internal static class SigningBenchmarks
{
    private const string KeyPairId = "K2JCJMDEHXQW5F";
    private const string Url = "https://www.site42.example.com/images/2026/08/hero.webp?width=1280";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly RSA Rsa = RSA.Create(2_048);
    private static readonly ECDsa Ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static IEnumerable<Benchmark> All =>
    [
        Check("signed-remembered", "a canned URL whose signature was verified before", Head(Rsa, isCustom: false), Rsa, new RememberedSignatures()),
        Check("signed-remembered-custom", "a custom policy with wildcards, likewise", Head(Rsa, isCustom: true), Rsa, new RememberedSignatures()),
        Check("signed-rsa", "a canned URL verified with RSA", Head(Rsa, isCustom: false), Rsa, null),
        Check("signed-rsa-custom", "a custom policy read and verified with RSA", Head(Rsa, isCustom: true), Rsa, null),
        Check("signed-ecdsa", "a canned URL verified with ECDSA", Head(Ecdsa, isCustom: false), Ecdsa, null),
    ];

    private static Benchmark Check(string name, string what, byte[] target, AsymmetricAlgorithm key, RememberedSignatures? memory)
    {
        var config = new PublicKeyConfig { Id = KeyPairId, SubjectPublicKeyInfo = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) };
        var signers = new SignersModel([TrustedKey.TryCreate(config, out var trusted) ? trusted : throw new InvalidOperationException("The key is none.")]);
        var request = new RequestHead { IsHttps = true, Host = Samples.Host };
        return new Benchmark(name, what, times =>
        {
            for (var i = 0; i < times; i++)
            {
                request.SetTarget(target);
                SigningParameters.TakeOff(request);
                if (SignatureCheck.Decide(request, signers, IPAddress.Loopback, Now, memory) is not SignatureVerdict.Good)
                {
                    throw new InvalidOperationException("A good signature was refused.");
                }
            }
        });
    }

    private static byte[] Head(AsymmetricAlgorithm key, bool isCustom)
    {
        var signer = new UrlSigner(key, KeyPairId, SigningHash.Sha1);
        var end = Now.AddDays(1).ToUnixTimeSeconds();
        var policy = string.Create(CultureInfo.InvariantCulture, $$$"""{"Statement":[{"Resource":"http*://*.example.com/images/*","Condition":{"DateLessThan":{"AWS:EpochTime":{{{end}}} } } }]}""");
        var signed = UrlSigner.Append(Url, isCustom ? signer.SignCustom(Encoding.UTF8.GetBytes(policy)) : signer.SignCanned(Url, end));
        return Encoding.ASCII.GetBytes(signed[signed.IndexOf('/', "https://".Length)..]);
    }
}
