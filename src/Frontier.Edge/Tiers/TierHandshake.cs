// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Edge.Tiers;

/// <summary>One handshake in which a machine says which it is. Its connection keeps it.</summary>
internal sealed class TierHandshake(TierIdentity identity)
{
    /// <summary>Null before the handshake has ended.</summary>
    public string? NodeId { get; private set; }

    /// <summary>Called by the platform once in a handshake, with or without a certificate.</summary>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        NodeId = identity.NodeOf(certificate);
        return NodeId is not null;
    }
}
