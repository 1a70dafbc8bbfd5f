// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Edge.Tiers;

/// <summary>
/// A machine of the fleet at the other end of a connection: it must be that very one, and is shown this one's certificate. Two are
/// equal where both are the same, so that connections made under a certificate that was renewed since are not used any more.
/// </summary>
internal sealed class TierPeer(TierIdentity identity, string nodeId) : IEquatable<TierPeer>
{
    private readonly SslStreamCertificateContext _shown = identity.Certificate;

    public string NodeId { get; } = nodeId;

    public SslClientAuthenticationOptions TlsOptions => new()
    {
        TargetHost = NodeId,
        EnabledSslProtocols = SslProtocols.Tls13,
        ClientCertificateContext = _shown,
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = (_, certificate, _, _) => identity.NodeOf(certificate) == NodeId,
    };

    /// <summary>For what the platform makes of a chain by itself: it asks nobody. What counts is what the identity says.</summary>
    public static X509ChainPolicy ChainPolicy() =>
        new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true, VerificationFlags = X509VerificationFlags.AllFlags };

    public bool Equals(TierPeer? other) => other is not null && NodeId == other.NodeId && ReferenceEquals(_shown, other._shown);

    public override bool Equals(object? obj) => Equals(obj as TierPeer);

    public override int GetHashCode() => NodeId.GetHashCode(StringComparison.Ordinal);
}
