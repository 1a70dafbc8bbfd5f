// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Testing;

/// <summary>Signs URLs and cookies as CloudFront's guide tells signers to, in code of its own. Thread-safe.</summary>
public sealed class TestSigner
{
    private static readonly Lazy<TestSigner> RsaSigner = new(static () => new TestSigner("KRSA000000000", RSA.Create(2_048)));
    private static readonly Lazy<TestSigner> EcdsaSigner = new(static () => new TestSigner("KECDSA0000000", ECDsa.Create(ECCurve.NamedCurves.nistP256)));
    private static readonly Lazy<TestSigner> StrangerSigner = new(static () => new TestSigner("KSTRANGER0000", ECDsa.Create(ECCurve.NamedCurves.nistP256)));

    private readonly Lock _gate = new();
    private readonly AsymmetricAlgorithm _key;

    private TestSigner(string id, AsymmetricAlgorithm key) => (Id, _key) = (id, key);

    public static TestSigner Rsa => RsaSigner.Value;

    public static TestSigner Ecdsa => EcdsaSigner.Value;

    /// <summary>Nobody trusts it, unless a test says so.</summary>
    public static TestSigner Stranger => StrangerSigner.Value;

    public string Id { get; }

    /// <summary>SubjectPublicKeyInfo in base64.</summary>
    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    public static string CannedPolicy(string url, long expires) =>
        """{"Statement":[{"Resource":"URL","Condition":{"DateLessThan":{"AWS:EpochTime":END}}}]}""".Replace("URL", url, StringComparison.Ordinal)
            .Replace("END", expires.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The URL with its signature.</summary>
    public string Canned(string url, DateTimeOffset expires, bool sha256 = false) =>
        Append(url, $"Expires={expires.ToUnixTimeSeconds()}&Signature={Sign(CannedPolicy(url, expires.ToUnixTimeSeconds()), sha256)}&Key-Pair-Id={Id}{(sha256 ? "&Hash-Algorithm=SHA256" : "")}");

    public string Custom(string url, string policy, bool sha256 = false) =>
        Append(url, $"Policy={Encode(Encoding.UTF8.GetBytes(policy))}&Signature={Sign(policy, sha256)}&Key-Pair-Id={Id}{(sha256 ? "&Hash-Algorithm=SHA256" : "")}");

    /// <summary>The value of a Cookie field.</summary>
    public string CustomCookies(string policy) => $"CloudFront-Policy={Encode(Encoding.UTF8.GetBytes(policy))}; CloudFront-Signature={Sign(policy)}; CloudFront-Key-Pair-Id={Id}";

    public string CannedCookies(string url, DateTimeOffset expires) =>
        $"CloudFront-Expires={expires.ToUnixTimeSeconds()}; CloudFront-Signature={Sign(CannedPolicy(url, expires.ToUnixTimeSeconds()))}; CloudFront-Key-Pair-Id={Id}";

    public string Sign(string text, bool sha256 = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        lock (_gate)
        {
            return Encode(_key is RSA rsa ? rsa.SignData(bytes, hash, RSASignaturePadding.Pkcs1) : ((ECDsa)_key).SignData(bytes, hash, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    public static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).Replace("+", "-", StringComparison.Ordinal).Replace("=", "_", StringComparison.Ordinal).Replace("/", "~", StringComparison.Ordinal);

    private static string Append(string url, string parameters) => url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + parameters;
}
