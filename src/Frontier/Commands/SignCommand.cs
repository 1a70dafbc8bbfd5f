// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Signing;

namespace Frontier.Commands;

/// <summary><c>frontier sign</c>: makes signed URLs and cookies. Asks nobody: all it takes is the private key.</summary>
internal static class SignCommand
{
    private const int Signed = 0;

    /// <summary>The flags make no sense, or a file cannot be read.</summary>
    private const int Failed = 1;

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = "What the viewer will ask for, as it will ask: scheme, host with its port if it is not the scheme's own, path and query" };
        var keyPairId = new Option<string>("--key-pair-id") { Description = "The id of the public key, e.g. K2JCJMDEHXQW5F", Required = true };
        var privateKey = new Option<string>("--private-key") { Description = "The private key: a PEM file of RSA with 2048 bits or ECDSA with P-256", Required = true };
        var expires = new Option<string?>("--expires") { Description = "When it ends: from now (90s, 15m, 12h, 7d), a time (2030-01-31T12:00Z), or seconds since 1970" };
        var notBefore = new Option<string?>("--not-before") { Description = "When it begins, in the same forms; makes a custom policy" };
        var ip = new Option<string?>("--ip") { Description = "For whom: an IPv4 address or network, e.g. 192.0.2.0/24; makes a custom policy" };
        var resource = new Option<string?>("--resource") { Description = "For which URLs, with * and ?, e.g. 'https://*.example.com/films/*'; makes a custom policy. Default: --url" };
        var policy = new Option<string?>("--policy") { Description = "A file with the JSON of a custom policy, which says all of this itself" };
        var hash = new Option<string>("--hash") { Description = "sha1 or sha256", DefaultValueFactory = static _ => "sha1" };
        var cookies = new Option<bool>("--cookies") { Description = "Print cookies instead of a URL" };
        var json = new Option<bool>("--json") { Description = "Print URL or cookies, and the policy that was signed, as JSON" };
        var command = new Command("sign", """
            Sign a URL, or cookies, for a behavior that trusts a key group with the key's public half. With --expires alone
            the policy is canned: for this very URL. With --not-before, --ip or --resource it is a custom one.

            Examples:
              frontier sign --url https://www.example.com/film.mp4 --key-pair-id K2JCJMDEHXQW5F --private-key key.pem --expires 1h
              frontier sign --url https://www.example.com/film.mp4 --key-pair-id K2JCJMDEHXQW5F --private-key key.pem \
                  --expires 2030-01-31T12:00Z --ip 192.0.2.0/24
              frontier sign --cookies --resource 'https://www.example.com/films/*' --key-pair-id K2JCJMDEHXQW5F \
                  --private-key key.pem --expires 12h
              frontier sign --url 'https://www.example.com/a?x=1' --key-pair-id K2JCJMDEHXQW5F --private-key key.pem \
                  --policy policy.json --json

            A key pair is made with: openssl genrsa -out key.pem 2048 && openssl rsa -pubout -in key.pem -out public.pem
            The public half goes to "aws cloudfront create-public-key", its id into a key group, and that into a behavior.

            Exit codes: 0 signed, 1 nothing was signed (the reason is printed).
            """) { url, keyPairId, privateKey, expires, notBefore, ip, resource, policy, hash, cookies, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var settings = SignSettings.Read(
                new SignFlags
                {
                    Url = parsed.GetValue(url),
                    KeyPairId = parsed.GetValue(keyPairId)!,
                    PrivateKey = parsed.GetValue(privateKey)!,
                    Expires = parsed.GetValue(expires),
                    NotBefore = parsed.GetValue(notBefore),
                    Ip = parsed.GetValue(ip),
                    Resource = parsed.GetValue(resource),
                    Policy = parsed.GetValue(policy),
                    Hash = parsed.GetValue(hash)!,
                    Cookies = parsed.GetValue(cookies),
                },
                TimeProvider.System.GetUtcNow());
            foreach (var fault in settings.Faults)
            {
                await Console.Error.WriteLineAsync(fault.AsMemory(), cancellationToken);
            }

            if (settings.Faults.Count > 0)
            {
                return Failed;
            }

            await Console.Out.WriteLineAsync(SignedText.Of(settings, parsed.GetValue(json)).AsMemory(), cancellationToken);
            return Signed;
        });
        return command;
    }
}
