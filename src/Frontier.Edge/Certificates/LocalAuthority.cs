// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Edge.Certificates;

/// <summary>
/// A certificate authority of this installation's own, made at first start. Its certificate is for viewers to trust; its key
/// is a file of mode 0600. Thread-safe.
/// </summary>
public sealed class LocalAuthority
{
    /// <summary>What browsers accept at most for a leaf.</summary>
    private static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(397);

    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);

    /// <summary>Certificates begin a little in the past, for viewers whose clock is behind.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromHours(1);

    private readonly X509Certificate2 _authority;
    private readonly TimeProvider _time;

    private LocalAuthority(X509Certificate2 authority, string certificatePath, TimeProvider time)
    {
        _authority = authority;
        _time = time;
        CertificatePath = certificatePath;
    }

    /// <summary>The PEM file that viewers are to trust.</summary>
    public string CertificatePath { get; }

    /// <summary>Loads <c>ca.pem</c> and <c>ca-key.pem</c> from the directory, or makes them.</summary>
    public static LocalAuthority Open(string directory, TimeProvider time)
    {
        Directory.CreateDirectory(directory);
        var certificatePath = Path.Combine(directory, "ca.pem");
        var keyPath = Path.Combine(directory, "ca-key.pem");
        if (!File.Exists(certificatePath) || !File.Exists(keyPath))
        {
            Create(certificatePath, keyPath, time);
        }

        return new LocalAuthority(X509Certificate2.CreateFromPemFile(certificatePath, keyPath), certificatePath, time);
    }

    /// <summary>Issues a certificate for one DNS name, valid as long as viewers accept.</summary>
    public SslStreamCertificateContext Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={(name.Length > 64 ? "frontier" : name)}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        var now = _time.GetUtcNow();
        var end = now + LeafLifetime < _authority.NotAfter ? now + LeafLifetime : _authority.NotAfter;
        using var leaf = request.Create(_authority, now - ClockSlack, end, RandomNumberGenerator.GetBytes(16));
        return SslStreamCertificateContext.Create(leaf.CopyWithPrivateKey(key), [_authority], offline: true);
    }

    private static void Create(string certificatePath, string keyPath, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Frontier local authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        using var authority = request.CreateSelfSigned(now - ClockSlack, now + AuthorityLifetime);
        // The key first: a certificate without its key would be useless, and would look finished at the next start.
        SecretFile.Write(keyPath, key.ExportPkcs8PrivateKeyPem());
        SecretFile.WriteOpen(certificatePath, authority.ExportCertificatePem() + "\n");
    }
}
