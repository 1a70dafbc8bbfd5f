// SPDX-License-Identifier: Apache-2.0

using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Frontier.Edge.Challenges;

/// <summary>The certificate that answers a handshake for <c>acme-tls/1</c>: made by nobody but the edge, and good for that alone (RFC 8737, section 3).</summary>
internal static class ChallengeCertificate
{
    /// <summary>What the handshake must offer, and nothing beside.</summary>
    public const string Protocol = "acme-tls/1";

    /// <summary>The extension acmeIdentifier (RFC 8737, section 6.1).</summary>
    public const string Identifier = "1.3.6.1.5.5.7.1.31";

    /// <summary>An order is over long before.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private static readonly TimeSpan ClockSlack = TimeSpan.FromHours(1);

    /// <param name="keyAuthorization">Its digest is what the authority looks for.</param>
    public static SslStreamCertificateContext Make(string name, string keyAuthorization, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=acme-tls", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var digest = new AsnWriter(AsnEncodingRules.DER);
        digest.WriteOctetString(SHA256.HashData(Encoding.ASCII.GetBytes(keyAuthorization)));
        request.CertificateExtensions.Add(new X509Extension(Identifier, digest.Encode(), critical: true));
        return SslStreamCertificateContext.Create(request.CreateSelfSigned(now - ClockSlack, now + Lifetime), [], offline: true);
    }
}
