// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Testing;

/// <summary>An authority that vouches for clients, of a test's own: a root, or one that another has signed. All is valid around one moment.</summary>
public sealed class TestClientAuthority : IDisposable
{
    public const string ForClients = "1.3.6.1.5.5.7.3.2";
    public const string ForServers = "1.3.6.1.5.5.7.3.1";

    private readonly DateTimeOffset _now;
    private readonly X509Certificate2 _withKey;

    /// <param name="parent">Null for a root.</param>
    public TestClientAuthority(string name, DateTimeOffset now, TestClientAuthority? parent = null)
    {
        _now = now;
        Parent = parent;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        if (parent is null)
        {
            _withKey = request.CreateSelfSigned(now.AddDays(-100), now.AddDays(100));
        }
        else
        {
            using var signed = request.Create(parent._withKey, now.AddDays(-90), now.AddDays(90), RandomNumberGenerator.GetBytes(8));
            _withKey = signed.CopyWithPrivateKey(key);
        }

        Certificate = X509CertificateLoader.LoadCertificate(_withKey.RawData);
    }

    public TestClientAuthority? Parent { get; }

    /// <summary>Without its key.</summary>
    public X509Certificate2 Certificate { get; }

    public string Base64 => Convert.ToBase64String(Certificate.RawData);

    public string Pem => Certificate.ExportCertificatePem() + "\n";

    /// <summary>A client's certificate with its key.</summary>
    /// <param name="usage">The purpose that is told; null for none.</param>
    /// <param name="padding">Bytes that make it longer.</param>
    public X509Certificate2 Issue(string subject, DateTimeOffset? from = null, DateTimeOffset? until = null, string? usage = ForClients, int padding = 0)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        }

        if (padding > 0)
        {
            request.CertificateExtensions.Add(new X509Extension(new Oid("1.3.6.1.4.1.99999.1"), new byte[padding], critical: false));
        }

        using var signed = request.Create(_withKey, from ?? _now.AddDays(-10), until ?? _now.AddDays(10), RandomNumberGenerator.GetBytes(8));
        using var issued = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Like one of this authority's, signed by a key of its own.</summary>
    public X509Certificate2 Forge(string subject)
    {
        using var impostor = new TestClientAuthority(Certificate.Subject, _now, Parent);
        return impostor.Issue(subject);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _withKey.Dispose();
    }
}
