// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts.Fleet;

/// <summary>The first question of a machine that joins, by GET and before it says anything of itself: whose server is this? It believes the answer where its token names the fingerprint.</summary>
/// <param name="Authorities">PEM.</param>
public sealed record AuthorityAnswer(ImmutableArray<string> Authorities)
{
    public const string Path = "/frontier/v1/fleet/authority";
}

/// <summary>A machine asks to be let into the fleet. Sent once it is known whom it talks to.</summary>
public sealed record JoinRequest
{
    /// <summary>Where it is sent, by POST.</summary>
    public const string Path = "/frontier/v1/fleet/join";

    /// <summary><see cref="JoinToken.Secret"/>. Secret.</summary>
    public required string Secret { get; init; }

    /// <summary>New, and chosen by the machine.</summary>
    public required string NodeId { get; init; }

    /// <summary>The point of presence that it means to stand in; the token must be for it.</summary>
    public required string Pop { get; init; }

    /// <summary>The role among them must be that of the token.</summary>
    public required NodeFacts Facts { get; init; }

    /// <summary>PKCS #10 in PEM, for a key of curve P-256. Only its public key is read.</summary>
    public required string CertificateRequest { get; init; }

    /// <summary>Keeps the secret out of logs.</summary>
    public override string ToString() => $"JoinRequest {NodeId}";
}

/// <summary>A machine asks for its next certificate, for another key; who it is its present one says.</summary>
public sealed record RenewRequest
{
    /// <summary>Where it is sent, by POST.</summary>
    public const string Path = "/frontier/v1/fleet/renew";

    /// <inheritdoc cref="JoinRequest.CertificateRequest"/>
    public required string CertificateRequest { get; init; }
}

/// <summary>A certificate, and the authorities to know others by from now on. All PEM.</summary>
public sealed record MachineCertificate(string Certificate, ImmutableArray<string> Authorities);
