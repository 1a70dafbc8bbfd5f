// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Protocols.Certificates;

namespace Frontier.Decisions.ViewerCertificates;

/// <summary>What origins can be told of a viewer's certificate (§10.3, DP-31.4). Holds no handle of the platform.</summary>
public sealed class ViewerCertificateFacts
{
    private readonly byte[] _leaf;
    private readonly ImmutableArray<byte[]> _sent;

    /// <param name="sent">What the viewer has sent beside it, in its order.</param>
    /// <param name="isTrusted">Whether a trust store vouches for it.</param>
    public ViewerCertificateFacts(X509Certificate2 leaf, IEnumerable<X509Certificate2> sent, bool isTrusted)
    {
        _leaf = leaf.RawData;
        _sent = [.. sent.Select(static certificate => certificate.RawData)];
        IsTrusted = isTrusted;
        SerialNumber = leaf.SerialNumber;
        Subject = DistinguishedNameText.Of(leaf.SubjectName.RawData);
        Issuer = DistinguishedNameText.Of(leaf.IssuerName.RawData);
        NotBefore = leaf.NotBefore.ToUniversalTime();
        NotAfter = leaf.NotAfter.ToUniversalTime();
    }

    public bool IsTrusted { get; }

    /// <summary>Upper-case hexadecimal digits.</summary>
    public string SerialNumber { get; }

    public string Subject { get; }

    public string Issuer { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    /// <summary>Of the certificate's DER, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(_leaf));

    public string Validity => string.Create(CultureInfo.InvariantCulture, $"NotBefore={NotBefore:yyyy-MM-ddTHH:mm:ssZ};NotAfter={NotAfter:yyyy-MM-ddTHH:mm:ssZ}");

    /// <summary>Every byte that a URL may not hold escaped.</summary>
    public string EscapedPem => Uri.EscapeDataString(PemEncoding.WriteString("CERTIFICATE", _leaf) + "\n");

    /// <summary>RFC 9440, section 2.2: a byte sequence of structured fields.</summary>
    public string ClientCert => Sequence(_leaf);

    /// <summary>RFC 9440, section 2.3: a list of them; empty when the viewer has sent one certificate alone.</summary>
    public string ClientCertChain => string.Join(", ", _sent.Select(Sequence));

    private static string Sequence(byte[] certificate) => $":{Convert.ToBase64String(certificate)}:";
}
