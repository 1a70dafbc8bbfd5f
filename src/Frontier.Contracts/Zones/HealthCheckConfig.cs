// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts.Zones;

/// <summary>What a DNS node asks, again and again, to know whether record sets are to be answered (NB-5.6).</summary>
/// <param name="IntervalSeconds">Seconds from one request to the next: 10 or 30.</param>
/// <param name="FailureThreshold">Requests in a row after which it is thought otherwise: 1 to 10.</param>
/// <param name="EnableSni">Whether the name of the host is said in the handshake of HTTPS.</param>
public sealed record HealthCheckConfig(int IntervalSeconds = 30, int FailureThreshold = 3, bool EnableSni = true)
{
    public required string Id { get; init; }

    /// <summary><c>HTTP</c>, <c>HTTPS</c>, <c>HTTP_STR_MATCH</c>, <c>HTTPS_STR_MATCH</c>, <c>TCP</c> or <c>CALCULATED</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Where it connects; null to resolve <see cref="Host"/>.</summary>
    public string? Address { get; init; }

    public int Port { get; init; }

    /// <summary>The Host header, and the name resolved where there is no address.</summary>
    public string? Host { get; init; }

    public string Path { get; init => field = value ?? "/"; } = "/";

    /// <summary>What the first 5,120 bytes of the body must have.</summary>
    public string? SearchString { get; init; }

    public bool IsInverted { get; init; }

    /// <summary>Not asked, and healthy.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The checks that a calculated one counts.</summary>
    public ImmutableArray<string> Children { get; init => field = value.OrNone; } = [];

    /// <summary>How many of them must be healthy.</summary>
    public int HealthThreshold { get; init; }
}
