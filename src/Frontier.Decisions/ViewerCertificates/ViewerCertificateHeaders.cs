// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.ViewerCertificates;

/// <summary>
/// What a request's header says of the viewer's certificate. Only what was asked for by the request's own distribution counts: a
/// certificate that another distribution's trust store vouches for says nothing here.
/// </summary>
public static class ViewerCertificateHeaders
{
    /// <summary>Of <c>CloudFront-Viewer-Cert-*</c> (§10.3); null for one that is not known, such as any of a certificate that nobody has vouched for.</summary>
    /// <param name="name">What follows, in upper case.</param>
    public static string? Value(string name, ViewerFacts viewer)
    {
        var certificate = viewer.Certificate;
        if (!viewer.WasAskedForCertificate || certificate is { IsTrusted: false })
        {
            return null;
        }

        return name switch
        {
            "PRESENT" => certificate is null ? "0" : "1",
            "SERIAL-NUMBER" => certificate?.SerialNumber,
            "ISSUER" => certificate?.Issuer,
            "SUBJECT" => certificate?.Subject,
            "SHA256" => certificate?.Sha256,
            "VALIDITY" => certificate?.Validity,
            "PEM" => certificate?.EscapedPem,
            _ => null,
        };
    }

    /// <summary>
    /// RFC 9440: where certificates are asked for, what viewers say of them themselves is dropped; where they are passed on, the origin
    /// is told of them under the names that these fields have there.
    /// </summary>
    public static void SetClientCert(ViewerCertificatesModel? asked, ViewerFacts viewer, HeaderList into)
    {
        if (asked is null)
        {
            return;
        }

        into.Remove("client-cert"u8);
        into.Remove("client-cert-chain"u8);
        if (asked.Mode is not ViewerCertificateMode.Passthrough || viewer.Certificate is not { } certificate)
        {
            return;
        }

        into.Add("Client-Cert", certificate.ClientCert);
        if (certificate.ClientCertChain is { Length: > 0 } chain)
        {
            into.Add("Client-Cert-Chain", chain);
        }
    }
}
