// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;
using Frontier.Control.Acme;

namespace Frontier.Hosting;

/// <summary>Who issues certificates on request, as the operator says it. Every fault is collected.</summary>
internal static class AcmeSettings
{
    public const string Directory = "acme-directory";
    public const string Email = "acme-email";
    public const string Authorities = "acme-ca";
    public const string ExternalAccount = "acme-eab";
    public const string Challenge = "acme-challenge";

    /// <summary>An operator would not write more into such a file.</summary>
    private const int LongestKeyFile = 4_096;

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["letsencrypt"] = "https://acme-v02.api.letsencrypt.org/directory",
        ["letsencrypt-staging"] = "https://acme-staging-v02.api.letsencrypt.org/directory",
    };

    /// <summary>Null for nobody.</summary>
    public static AcmeOptions? Read(IReadOnlyDictionary<string, string> values, List<string> faults)
    {
        if (!values.TryGetValue(Directory, out var text))
        {
            faults.AddRange(new[] { Email, Authorities, ExternalAccount, Challenge }.Where(values.ContainsKey).Select(static name => $"--{name} means nothing without --{Directory}: name the authority, such as --{Directory} letsencrypt."));
            return null;
        }

        if (!Uri.TryCreate(Known.GetValueOrDefault(text, text), UriKind.Absolute, out var directory) || directory.Scheme != "https")
        {
            faults.Add($"--{Directory} is \"{text}\": give the https URL of an ACME directory, or one of {string.Join(", ", Known.Keys)}.");
            return null;
        }

        return new AcmeOptions
        {
            Directory = directory,
            Email = ReadEmail(values, faults),
            Roots = ReadAuthorities(values, faults),
            ExternalAccount = ReadExternalAccount(values, faults),
            Challenge = ReadChallenge(values, faults),
        };
    }

    private static string? ReadEmail(IReadOnlyDictionary<string, string> values, List<string> faults)
    {
        if (values.TryGetValue(Email, out var text) && (!MailAddress.TryCreate(text, out var address) || address.Address != text))
        {
            faults.Add($"--{Email} is \"{text}\": give one mail address, such as operator@example.com.");
        }

        return text;
    }

    private static X509Certificate2Collection ReadAuthorities(IReadOnlyDictionary<string, string> values, List<string> faults)
    {
        var roots = new X509Certificate2Collection();
        if (values.TryGetValue(Authorities, out var file))
        {
            try
            {
                roots.ImportFromPemFile(file);
                if (roots.Count == 0)
                {
                    faults.Add($"--{Authorities} is \"{file}\": there is no certificate in it; give a file of certificates in PEM form (-----BEGIN CERTIFICATE-----).");
                }
            }
            catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
            {
                faults.Add($"--{Authorities} is \"{file}\": it cannot be read ({error.Message}); give a readable file of certificates in PEM form (-----BEGIN CERTIFICATE-----).");
            }
        }

        return roots;
    }

    /// <summary>The key is no flag's business: others see the arguments of processes.</summary>
    private static AcmeExternalAccount? ReadExternalAccount(IReadOnlyDictionary<string, string> values, List<string> faults)
    {
        if (!values.TryGetValue(ExternalAccount, out var text))
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not > 0 || colon == text.Length - 1)
        {
            faults.Add($"--{ExternalAccount} is \"{text}\": give the key's id, a colon and the file that holds the key: KID:FILE.");
            return null;
        }

        var (id, file) = (text[..colon], text[(colon + 1)..]);
        try
        {
            if (new FileInfo(file).Length <= LongestKeyFile && File.ReadAllText(file).Trim().TrimEnd('=') is { Length: > 0 } key && Base64Url.IsValid(key))
            {
                return new AcmeExternalAccount(id, Base64Url.DecodeFromChars(key));
            }

            faults.Add($"--{ExternalAccount} names \"{file}\": it must hold the key in base64url, as the authority gave it, and nothing else.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add($"--{ExternalAccount} names \"{file}\": it cannot be read ({error.Message}).");
        }

        return null;
    }

    private static ChallengeKind ReadChallenge(IReadOnlyDictionary<string, string> values, List<string> faults)
    {
        switch (values.GetValueOrDefault(Challenge, "http-01"))
        {
            case "http-01":
                return ChallengeKind.Http01;
            case "tls-alpn-01":
                return ChallengeKind.TlsAlpn01;
            case var other:
                faults.Add($"--{Challenge} is \"{other}\": give http-01 or tls-alpn-01.");
                return ChallengeKind.Http01;
        }
    }
}
