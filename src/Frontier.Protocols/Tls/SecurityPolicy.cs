// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;

namespace Frontier.Protocols.Tls;

/// <summary>A security policy: what may be agreed on a viewer's connection, and nothing else (<c>dataplane.md</c> §22). Immutable.</summary>
/// <param name="Name">As MinimumProtocolVersion spells it.</param>
/// <param name="Versions">Without SSL 3, which nothing speaks any more (DP-22.8).</param>
/// <param name="Suites">In order of preference; without RC4 and triple DES, for the same reason.</param>
public sealed record SecurityPolicy(string Name, SslProtocols Versions, ImmutableArray<TlsCipherSuite> Suites)
{
    /// <summary>Whether a connection on which that was agreed is one of this policy.</summary>
    public bool Admits(SslProtocols version, TlsCipherSuite suite) => (Versions & version) != SslProtocols.None && Suites.Contains(suite);

    public override string ToString() => Name;
}
