// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;

namespace Frontier.Control.Acme;

/// <summary>The certificate authority that issues certificates on request (RFC 8555). The same for every process on one store.</summary>
public sealed record AcmeOptions
{
    /// <summary>Of the authority; whoever names it agrees to its terms of service.</summary>
    public required Uri Directory { get; init; }

    /// <summary>Where the authority may write to; null for nowhere.</summary>
    public string? Email { get; init; }

    /// <summary>Who vouches for the authority's own server; empty for those that the system trusts.</summary>
    public X509Certificate2Collection Roots { get; init; } = [];

    /// <summary>An account that the authority knows from elsewhere (RFC 8555, section 7.3.4); null for none.</summary>
    public AcmeExternalAccount? ExternalAccount { get; init; }

    /// <summary>How names are shown to reach the edges. Default by HTTP on port 80.</summary>
    public ChallengeKind Challenge { get; init; } = ChallengeKind.Http01;
}
