// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;

namespace Frontier.Testing;

/// <summary>Certificates and keys as files have them.</summary>
public static class PemText
{
    public static string Of(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    public static string OfKey(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPrivateKey();
        using var ecdsa = certificate.GetECDsaPrivateKey();
        return (rsa?.ExportPkcs8PrivateKeyPem() ?? ecdsa!.ExportPkcs8PrivateKeyPem()) + "\n";
    }
}
