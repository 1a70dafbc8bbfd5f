// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;

namespace Frontier.Control.Tests.Certificates;

/// <summary>What makes a certificate that can be imported (NB-6.1), and what is said where something is wrong with it.</summary>
public sealed class CertificatePartsTests
{
    private static readonly DateTimeOffset Now = new ManualTimeProvider().GetUtcNow();
    private static readonly TestAuthority Authority = CertificateCalls.Authority;

    [Fact]
    public void A_certificate_with_its_key_is_taken_in_every_form_that_keys_are_written_in()
    {
        using var certificate = Authority.Issue("a.example");
        using var ecdsa = certificate.GetECDsaPrivateKey()!;
        using var ofRsa = Authority.IssueOfRsa(2048, "a.example");
        using var rsa = ofRsa.GetRSAPrivateKey()!;
        foreach (var (leaf, key) in new[]
        {
            (certificate, ecdsa.ExportPkcs8PrivateKeyPem()),
            (certificate, ecdsa.ExportECPrivateKeyPem()),
            (certificate, "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + ecdsa.ExportECPrivateKeyPem()),
            (ofRsa, rsa.ExportPkcs8PrivateKeyPem()),
            (ofRsa, rsa.ExportRSAPrivateKeyPem()),
        })
        {
            var parts = Read(PemText.Of(leaf), null, key);
            Assert.Equal(PemText.Of(leaf), parts.Certificate);
            Assert.Equal(PemText.OfKey(leaf), parts.PrivateKey); // one form for all
            Assert.DoesNotContain("PRIVATE", parts.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("RSA_2048")]
    [InlineData("RSA_3072")]
    [InlineData("EC_prime256v1")]
    [InlineData("EC_secp384r1")]
    [InlineData("EC_secp521r1")]
    public void Kinds_of_key_are_called_as_ACM_calls_them(string kind)
    {
        using var certificate = kind switch
        {
            "RSA_2048" => Authority.IssueOfRsa(2048, "a.example"),
            "RSA_3072" => Authority.IssueOfRsa(3072, "a.example"),
            "EC_secp384r1" => Authority.IssueOfCurve(ECCurve.NamedCurves.nistP384, "a.example"),
            "EC_secp521r1" => Authority.IssueOfCurve(ECCurve.NamedCurves.nistP521, "a.example"),
            _ => Authority.Issue("a.example"),
        };
        Assert.Equal(kind, Read(PemText.Of(certificate), null, PemText.OfKey(certificate)).Details.KeyAlgorithm);
    }

    [Fact]
    public void Of_names_the_common_one_and_the_alternatives_count_API_10_7()
    {
        using var certificate = Authority.Issue("Www.Example.com", "*.img.example.com");
        var details = Read(PemText.Of(certificate), null, PemText.OfKey(certificate)).Details;
        Assert.Equal("Www.Example.com", details.DomainName);
        Assert.Equal(["www.example.com", "*.img.example.com"], details.Names);
    }

    [Fact]
    public void A_chain_in_order_is_taken_with_or_without_its_root()
    {
        var (issuer, leaf) = Authority.IssueByIntermediate("a.example");
        using (issuer)
        using (leaf)
        {
            Assert.Equal(PemText.Of(issuer), Read(PemText.Of(leaf), PemText.Of(issuer), PemText.OfKey(leaf)).Chain);
            Assert.Equal(PemText.Of(issuer) + PemText.Of(Authority.Root), Read(PemText.Of(leaf), PemText.Of(issuer) + PemText.Of(Authority.Root), PemText.OfKey(leaf)).Chain);
            Assert.Equal("", Read(PemText.Of(leaf), "", PemText.OfKey(leaf)).Chain);
        }
    }

    [Fact]
    public void A_chain_that_does_not_lead_up_from_the_certificate_is_refused()
    {
        var (issuer, leaf) = Authority.IssueByIntermediate("a.example");
        using var stranger = new TestAuthority(Now); // of the same name as ours, with another key
        using (issuer)
        using (leaf)
        {
            foreach (var (chain, words) in new[]
            {
                (PemText.Of(Authority.Root) + PemText.Of(issuer), "each certificate in it must have issued the one before"),
                (PemText.Of(Authority.Root), "each certificate in it must have issued the one before"),
                (PemText.Of(issuer) + PemText.Of(stranger.Root), "each certificate in it must have issued the one before"),
                (PemText.Of(leaf) + PemText.Of(issuer), "Leave it out"),
                (PemText.Of(issuer) + PemText.Of(leaf), "Leave it out"),
                (PemText.OfKey(leaf), "must be certificates in PEM form"),
                ("no chain", "must be certificates in PEM form"),
                ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no certificate"),
            })
            {
                Expect(CertificateFaultKind.Malformed, words, PemText.Of(leaf), chain, PemText.OfKey(leaf));
            }
        }
    }

    [Fact]
    public void The_key_must_be_the_certificates_and_in_the_clear()
    {
        using var certificate = Authority.Issue("a.example");
        using var other = Authority.Issue("a.example");
        using var rsa = Authority.IssueOfRsa(2048, "a.example");
        using var key = certificate.GetECDsaPrivateKey()!;
        var leaf = PemText.Of(certificate);
        Expect(CertificateFaultKind.KeyMismatch, "does not match", leaf, null, PemText.OfKey(other));
        Expect(CertificateFaultKind.Malformed, "cannot be read as one of the certificate's kind", leaf, null, PemText.OfKey(rsa));
        Expect(CertificateFaultKind.Malformed, "openssl pkey -in KEY -out KEY.plain", leaf, null, key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1_000)));
        Expect(CertificateFaultKind.Malformed, "openssl pkey", leaf, null, "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Expect(CertificateFaultKind.Malformed, "must be one key", leaf, null, "");
        Expect(CertificateFaultKind.Malformed, "must be one key", leaf, null, PemText.OfKey(certificate) + PemText.OfKey(certificate));
        Expect(CertificateFaultKind.Malformed, "must be one key", leaf, null, key.ExportSubjectPublicKeyInfoPem());
        Expect(CertificateFaultKind.Malformed, "cannot be read", leaf, null, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    }

    [Fact]
    public void The_certificate_must_be_one_and_valid_now()
    {
        using var certificate = Authority.Issue("a.example");
        using var expired = Authority.IssueExpired("a.example");
        using var early = Authority.Issue(["a.example"], Now.AddDays(1), Now.AddDays(2));
        var key = PemText.OfKey(certificate);
        Expect(CertificateFaultKind.NotCurrent, "has expired", PemText.Of(expired), null, PemText.OfKey(expired));
        Expect(CertificateFaultKind.NotCurrent, "not valid yet", PemText.Of(early), null, PemText.OfKey(early));
        Expect(CertificateFaultKind.Malformed, "one certificate in PEM form", PemText.Of(certificate) + PemText.Of(Authority.Root), null, key);
        Expect(CertificateFaultKind.Malformed, "one certificate in PEM form", "", null, key);
        Expect(CertificateFaultKind.Malformed, "one certificate in PEM form", key, null, key);
        Expect(CertificateFaultKind.Malformed, "at most", new string('x', 200_000), null, key);
    }

    [Fact]
    public void A_kind_of_key_that_ACM_does_not_know_is_refused()
    {
        using var certificate = Authority.IssueOfCurve(ECCurve.NamedCurves.brainpoolP256r1, "a.example");
        Expect(CertificateFaultKind.Malformed, "Use one of RSA_1024, RSA_2048", PemText.Of(certificate), null, PemText.OfKey(certificate));
    }

    private static CertificateParts Read(string certificate, string? chain, string key)
    {
        Assert.Null(CertificateParts.TryRead(certificate, chain, key, Now, out var parts));
        return parts!;
    }

    private static void Expect(CertificateFaultKind kind, string words, string certificate, string? chain, string key)
    {
        var fault = CertificateParts.TryRead(certificate, chain, key, Now, out var parts);
        Assert.NotNull(fault);
        Assert.Null(parts);
        Assert.Equal(kind, fault.Kind);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }
}
