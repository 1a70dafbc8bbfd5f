// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Control.Domain.TrustStores;

/// <summary>A bundle of authorities' certificates in PEM form (RFC 7468, section 5), as trust stores are made of (<c>api.md</c> §7).</summary>
internal static class CertificateBundle
{
    private const string Label = "CERTIFICATE";

    /// <summary>Each certificate's DER in base64; or null, and what is wrong.</summary>
    public static ImmutableArray<string>? Read(ReadOnlySpan<byte> file, int most, out string fault)
    {
        fault = "";
        var text = Encoding.Latin1.GetString(file).AsSpan();
        var begun = text.Count("-----BEGIN ");
        var certificates = ImmutableArray.CreateBuilder<string>();
        while (PemEncoding.TryFind(text, out var fields))
        {
            var number = certificates.Count + 1;
            if (text[fields.Label] is not Label)
            {
                fault = $"the bundle holds a {text[fields.Label]}; it may hold certificates alone";
                return null;
            }

            if (number > most)
            {
                fault = $"the bundle holds more than {most} certificates";
                return null;
            }

            var encoded = Convert.FromBase64String(text[fields.Base64Data].ToString());
            if (!IsAuthority(encoded))
            {
                fault = $"certificate {number} of the bundle is not that of an authority (basic constraints, CA:TRUE)";
                return null;
            }

            certificates.Add(Convert.ToBase64String(encoded));
            text = text[fields.Location.End..];
        }

        if (certificates.Count < begun)
        {
            fault = $"of {begun} blocks that begin in the bundle, {begun - certificates.Count} are not in PEM form";
            return null;
        }

        // The very code of the edges says whether they can serve with it.
        if (!TrustStoreModel.TryCreate(new TrustStoreConfig { Id = "", Certificates = certificates.ToImmutable() }, out _))
        {
            fault = certificates.Count == 0
                ? "the file holds no certificate in PEM form (BEGIN CERTIFICATE)"
                : "no certificate of the bundle is its own issuer's: add the root, where every chain must end";
            return null;
        }

        return certificates.ToImmutable();
    }

    private static bool IsAuthority(byte[] encoded)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(encoded);
            return certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(static constraints => constraints.CertificateAuthority);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
