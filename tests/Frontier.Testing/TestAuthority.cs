// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Testing;

/// <summary>A certificate authority of a test's own: whoever trusts <see cref="Root"/> trusts what it issues.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Frontier test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Root = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    /// <summary>The authority's own certificate.</summary>
    public X509Certificate2 Root { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A server certificate with its key, for these DNS names or IP addresses, valid today.</summary>
    public X509Certificate2 Issue(params IReadOnlyList<string> names) => Issue(names, Now.AddDays(-1), Now.AddDays(20));

    /// <summary>A server certificate that was valid until yesterday.</summary>
    public X509Certificate2 IssueExpired(params IReadOnlyList<string> names) => Issue(names, Now.AddDays(-20), Now.AddDays(-1));

    /// <summary>A server certificate of an authority beneath this one, and that authority's.</summary>
    /// <param name="issuerAddress">Where the certificate says that its issuer's can be had; null for nowhere.</param>
    public (X509Certificate2 Certificate, X509Certificate2 Intermediate) IssueThroughIntermediate(string name, Uri? issuerAddress = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Frontier test intermediate", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var issued = request.Create(Root, Now.AddDays(-2), Now.AddDays(20), RandomNumberGenerator.GetBytes(8));
        using var intermediate = issued.CopyWithPrivateKey(key);
        var certificate = Issue(intermediate, [name], Now.AddDays(-1), Now.AddDays(10), ServerUse, issuerAddress);
        return (certificate, X509CertificateLoader.LoadCertificate(intermediate.RawData));
    }

    /// <summary>A certificate by which a client proves who it is, with its key, valid today.</summary>
    public X509Certificate2 IssueClient(string name) => Issue(Root, [name], Now.AddDays(-1), Now.AddDays(20), ClientUse);

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Issue(IReadOnlyList<string> names, DateTimeOffset from, DateTimeOffset until) => Issue(Root, names, from, until, ServerUse);

    private static X509Certificate2 Issue(X509Certificate2 issuer, IReadOnlyList<string> names, DateTimeOffset from, DateTimeOffset until, string use, Uri? issuerAddress = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        if (issuerAddress is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerAddress.AbsoluteUri]));
        }

        using var issued = request.Create(issuer, from, until, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
