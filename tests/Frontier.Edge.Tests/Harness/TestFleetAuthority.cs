// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts.Fleet;

namespace Frontier.Edge.Tests.Harness;

/// <summary>The authority of a fleet, of a test's own: its machines know one another by what it issues.</summary>
internal sealed class TestFleetAuthority : IDisposable
{
    private readonly DateTimeOffset _now;
    private readonly X509Certificate2 _withKey;

    /// <param name="now">The moment around which everything is valid.</param>
    public TestFleetAuthority(DateTimeOffset now)
    {
        _now = now;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Frontier test fleet", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _withKey = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
    }

    /// <summary>A certificate with its key.</summary>
    public X509Certificate2 Issue(NodeRole role, string id, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Frontier {id}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(new FleetName(role, id).ToString()));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var issued = request.Create(_withKey, _now.AddDays(-20), until ?? _now.AddDays(20), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    public FleetIdentity IdentityOf(NodeRole role, string id) =>
        new(new FleetCredentials(new FleetName(role, id), Issue(role, id), new FleetTrust([X509CertificateLoader.LoadCertificate(_withKey.RawData)])));

    public void Dispose() => _withKey.Dispose();
}
