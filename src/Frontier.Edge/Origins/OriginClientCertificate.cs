// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;

namespace Frontier.Edge.Origins;

/// <summary>
/// By which the edge proves to an origin who it is (DP-11.8). Two are equal when they are the same certificate: connections are
/// pooled by it, so none serves a request that is to be proven otherwise, or not at all.
/// </summary>
/// <param name="fingerprint">Of certificate and chain.</param>
/// <param name="find">Finds it with its key, the same object each time; null while it cannot be had.</param>
public sealed class OriginClientCertificate(string fingerprint, Func<SslStreamCertificateContext?> find) : IEquatable<OriginClientCertificate>
{
    private readonly string _fingerprint = fingerprint;

    /// <summary>Null while it cannot be had: nothing is sent then, least of all without it.</summary>
    public SslStreamCertificateContext? Find() => find();

    public bool Equals(OriginClientCertificate? other) => other is not null && _fingerprint == other._fingerprint;

    public override bool Equals(object? obj) => Equals(obj as OriginClientCertificate);

    public override int GetHashCode() => _fingerprint.GetHashCode(StringComparison.Ordinal);
}
