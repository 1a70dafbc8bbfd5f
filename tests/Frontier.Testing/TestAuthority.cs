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

    private readonly DateTimeOffset _now;

    public TestAuthority()
        : this(TimeProvider.System.GetUtcNow())
    {
    }

    /// <param name="now">The day around which everything is valid.</param>
    public TestAuthority(DateTimeOffset now)
    {
        _now = now;
        var request = new CertificateRequest("CN=Frontier test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Root = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
    }

    /// <summary>The authority's own certificate.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>A server certificate with its key, for these DNS names or IP addresses, valid today.</summary>
    public X509Certificate2 Issue(params IReadOnlyList<string> names) => Issue(names, _now.AddDays(-1), _now.AddDays(20));

    /// <summary>A server certificate that was valid until yesterday.</summary>
    public X509Certificate2 IssueExpired(params IReadOnlyList<string> names) => Issue(names, _now.AddDays(-20), _now.AddDays(-1));

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }

    /// <summary>The same between two moments.</summary>
    public X509Certificate2 Issue(IReadOnlyList<string> names, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue(new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256), names, from, until);
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A server certificate whose key is one of elliptic curves.</summary>
    public X509Certificate2 IssueOfCurve(ECCurve curve, params IReadOnlyList<string> names)
    {
        using var key = ECDsa.Create(curve);
        using var issued = Issue(new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256), names, _now.AddDays(-1), _now.AddDays(20));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A server certificate whose key is one of RSA.</summary>
    public X509Certificate2 IssueOfRsa(int bits, params IReadOnlyList<string> names)
    {
        using var key = RSA.Create(bits);
        using var issued = Issue(new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), names, _now.AddDays(-1), _now.AddDays(20));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>An authority that this one vouches for, as most certificates have between them and their root; a self-made one of the same shape is what an attacker has.</summary>
    public (X509Certificate2 Certificate, X509Certificate2 Leaf) IssueByIntermediate(params IReadOnlyList<string> names) => IssueByIntermediate(null, names);

    /// <param name="issuerAddress">Where the leaf says that its issuer's certificate can be had; null for nowhere.</param>
    public (X509Certificate2 Certificate, X509Certificate2 Leaf) IssueByIntermediate(Uri? issuerAddress, IReadOnlyList<string> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Frontier test intermediate", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var issued = request.Create(Root, _now.AddDays(-10), _now.AddDays(25), RandomNumberGenerator.GetBytes(8));
        using var intermediate = issued.CopyWithPrivateKey(key);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leafRequest = new CertificateRequest($"CN={names[0]}", leafKey, HashAlgorithmName.SHA256);
        if (issuerAddress is not null)
        {
            leafRequest.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerAddress.AbsoluteUri]));
        }

        using var leaf = Issue(leafRequest, names, _now.AddDays(-1), _now.AddDays(20), intermediate);
        return (X509CertificateLoader.LoadCertificate(issued.RawData), leaf.CopyWithPrivateKey(leafKey));
    }

    /// <summary>A certificate by which a client proves who it is, with its key, valid today.</summary>
    public X509Certificate2 IssueClient(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256), [name], _now.AddDays(-1), _now.AddDays(20), use: ClientUse);
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>What a request for a certificate asks for (RFC 2986), by an authority between; whoever has the key has made the request.</summary>
    /// <param name="names">Other names than the request's; null for those.</param>
    /// <returns>The certificate and its issuer's, PEM.</returns>
    public string IssueFor(byte[] signingRequest, DateTimeOffset from, DateTimeOffset until, IReadOnlyList<string>? names = null)
    {
        var asked = CertificateRequest.LoadSigningRequest(signingRequest, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions, RSASignaturePadding.Pkcs1);
        var wanted = names ?? [.. asked.CertificateExtensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames()];
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var between = new CertificateRequest("CN=Frontier test intermediate", key, HashAlgorithmName.SHA256);
        between.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issued = between.Create(Root, Root.NotBefore, Root.NotAfter, RandomNumberGenerator.GetBytes(8));
        using var intermediate = issued.CopyWithPrivateKey(key);
        using var leaf = Issue(new CertificateRequest(asked.SubjectName, asked.PublicKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), wanted, from, until, intermediate);
        return PemText.Of(leaf) + PemText.Of(issued);
    }

    private X509Certificate2 Issue(CertificateRequest request, IReadOnlyList<string> names, DateTimeOffset from, DateTimeOffset until, X509Certificate2? issuer = null, string use = ServerUse)
    {
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

        // An authority of elliptic curves signs requests with keys of RSA, too.
        using var signer = (issuer ?? Root).GetECDsaPrivateKey()!;
        return request.Create((issuer ?? Root).SubjectName, X509SignatureGenerator.CreateForECDsa(signer), from, until, RandomNumberGenerator.GetBytes(8));
    }
}
