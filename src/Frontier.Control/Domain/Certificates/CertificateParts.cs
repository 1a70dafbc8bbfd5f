// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Control.Domain.Certificates;

/// <summary>A certificate, its chain and its private key, found to belong together (NB-6.1). Secret.</summary>
/// <param name="Certificate">PEM.</param>
/// <param name="Chain">PEM, in order; empty without any.</param>
/// <param name="PrivateKey">PEM of PKCS #8.</param>
internal sealed record CertificateParts(string Certificate, string Chain, string PrivateKey, CertificateDetails Details)
{
    /// <summary>Characters of each of the three texts.</summary>
    private const int LongestText = 128 * 1024;

    private const string CertificateLabel = "CERTIFICATE";

    private static readonly ImmutableArray<string> KeyKinds = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];

    /// <summary>Null, and the parts, when they are in order.</summary>
    public static CertificateFault? TryRead(string certificate, string? chain, string privateKey, DateTimeOffset now, out CertificateParts? parts)
    {
        parts = null;
        if (certificate.Length > LongestText || chain?.Length > LongestText || privateKey.Length > LongestText)
        {
            return Malformed($"The certificate, its chain and the private key have at most {LongestText} characters each.");
        }

        if (PemBlock.ReadAll(certificate) is not [{ Label: CertificateLabel } only] || Load(only) is not { } leaf)
        {
            return Malformed("The certificate must be one certificate in PEM form, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----. Those of its issuers belong to the certificate chain.");
        }

        using (leaf)
        {
            return TryRead(leaf, PemBlock.ReadAll(chain ?? ""), hasChain: !string.IsNullOrWhiteSpace(chain), privateKey, now, out parts);
        }
    }

    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => $"CertificateParts {Details.DomainName}";

    private static CertificateFault? TryRead(X509Certificate2 leaf, List<PemBlock> issuers, bool hasChain, string privateKey, DateTimeOffset now, out CertificateParts? parts)
    {
        parts = null;
        var details = CertificateDetails.Of(leaf);
        if (!KeyKinds.Contains(details.KeyAlgorithm))
        {
            return Malformed($"The certificate's key is of the kind {details.KeyAlgorithm}. Use one of {string.Join(", ", KeyKinds)}.");
        }

        if (details.NotBefore > now || details.NotAfter <= now)
        {
            return new CertificateFault(CertificateFaultKind.NotCurrent, details.NotAfter <= now
                ? $"The certificate has expired: it was valid until {Text(details.NotAfter)}, and it is {Text(now)}. Import one that is valid now."
                : $"The certificate is not valid yet: it is valid from {Text(details.NotBefore)}, and it is {Text(now)}.");
        }

        if (TryReadKey(leaf, privateKey, out var key) is { } fault || (fault = CheckChain(leaf, issuers, hasChain)) is not null)
        {
            return fault;
        }

        parts = new CertificateParts(leaf.ExportCertificatePem() + "\n", string.Concat(issuers.Select(static issuer => PemEncoding.WriteString(CertificateLabel, issuer.Content) + "\n")), key! + "\n", details);
        return null;
    }

    private static CertificateFault? TryReadKey(X509Certificate2 leaf, string text, out string? pem)
    {
        pem = null;
        var blocks = PemBlock.ReadAll(text);
        if (blocks.Any(static block => block.Label == "ENCRYPTED PRIVATE KEY") || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            return Malformed("The private key is encrypted. Import it without its password: openssl pkey -in KEY -out KEY.plain");
        }

        // What openssl writes before a key of elliptic curves says nothing that the key does not say.
        blocks.RemoveAll(static block => block.Label == "EC PARAMETERS");
        if (blocks is not [{ Label: "PRIVATE KEY" or "RSA PRIVATE KEY" or "EC PRIVATE KEY" } only])
        {
            return Malformed("The private key must be one key in PEM form: PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY, not encrypted.");
        }

        try
        {
            pem = leaf.PublicKey.Oid.Value == "1.2.840.113549.1.1.1" ? ReadRsa(leaf, only.Text) : ReadEcdsa(leaf, only.Text);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return Malformed("The private key cannot be read as one of the certificate's kind. Send the key that the certificate was requested with.");
        }

        return pem is null ? new CertificateFault(CertificateFaultKind.KeyMismatch, "The private key does not match the certificate's public key. Send the key that the certificate was requested with.") : null;
    }

    /// <summary>Signing proves more than comparing public halves: the private one could be anything.</summary>
    private static string? ReadRsa(X509Certificate2 leaf, string text)
    {
        using var key = RSA.Create();
        key.ImportFromPem(text);
        using var known = leaf.GetRSAPublicKey()!;
        var trial = RandomNumberGenerator.GetBytes(32);
        return known.VerifyHash(trial, key.SignHash(trial, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? key.ExportPkcs8PrivateKeyPem() : null;
    }

    private static string? ReadEcdsa(X509Certificate2 leaf, string text)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(text);
        using var known = leaf.GetECDsaPublicKey()!;
        var trial = RandomNumberGenerator.GetBytes(32);
        return known.VerifyHash(trial, key.SignHash(trial)) ? key.ExportPkcs8PrivateKeyPem() : null;
    }

    /// <summary>Each has issued the one before it. Whether the last one's issuer is to be trusted is the viewers' business (API-10.8).</summary>
    private static CertificateFault? CheckChain(X509Certificate2 leaf, List<PemBlock> issuers, bool hasChain)
    {
        if (!hasChain)
        {
            return null;
        }

        if (issuers.Count == 0 || issuers.Any(static issuer => issuer.Label != CertificateLabel))
        {
            return Malformed("The certificate chain must be certificates in PEM form, and nothing else.");
        }

        if (issuers.Any(issuer => issuer.Content.AsSpan().SequenceEqual(leaf.RawData)))
        {
            return Malformed("The certificate chain contains the certificate itself. Leave it out: the chain begins with the certificate's issuer.");
        }

        var loaded = issuers.Select(Load).ToList();
        try
        {
            if (loaded.Contains(null))
            {
                return Malformed("The certificate chain contains something that is no certificate.");
            }

            using var built = new X509Chain();
            built.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            built.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            built.ChainPolicy.DisableCertificateDownloads = true;
            built.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority | X509VerificationFlags.IgnoreNotTimeValid;
            built.ChainPolicy.ExtraStore.AddRange(loaded.OfType<X509Certificate2>().ToArray());
            var holds = built.Build(leaf) && built.ChainElements.Skip(1).Take(issuers.Count).Select(static element => element.Certificate.RawData)
                .SequenceEqual(issuers.Select(static issuer => issuer.Content), EqualityComparer<byte[]>.Create(static (one, other) => one.AsSpan().SequenceEqual(other)));
            return holds ? null : Malformed("The certificate chain does not lead from the certificate to its root: each certificate in it must have issued the one before, the first one yours.");
        }
        finally
        {
            loaded.ForEach(static certificate => certificate?.Dispose());
        }
    }

    private static X509Certificate2? Load(PemBlock block)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(block.Content);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CertificateFault Malformed(string message) => new(CertificateFaultKind.Malformed, message);

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
