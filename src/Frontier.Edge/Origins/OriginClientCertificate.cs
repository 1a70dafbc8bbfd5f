// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Edge.Origins;

/// <summary>
/// By which the edge proves to an origin who it is (DP-11.8), with its key and the chain that goes along. Two are equal when they are the
/// same certificate: connections are pooled by it, so none serves a request that is to be proven otherwise, or not at all.
/// </summary>
public sealed class OriginClientCertificate : IEquatable<OriginClientCertificate>, IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly string _fingerprint;

    /// <param name="certificate">With its private key; this object's from here on.</param>
    /// <param name="intermediates">Sent along, for origins that know the root alone.</param>
    public OriginClientCertificate(X509Certificate2 certificate, X509Certificate2Collection intermediates)
    {
        _certificate = certificate;
        _fingerprint = certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);
        Context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }

    public SslStreamCertificateContext Context { get; }

    public bool Equals(OriginClientCertificate? other) => other is not null && _fingerprint == other._fingerprint;

    public override bool Equals(object? obj) => Equals(obj as OriginClientCertificate);

    public override int GetHashCode() => _fingerprint.GetHashCode(StringComparison.Ordinal);

    public void Dispose() => _certificate.Dispose();
}
