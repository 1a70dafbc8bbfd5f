// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts.Zones;

/// <summary>What a DNS node asks, again and again, to know whether record sets are to be answered (NB-5.6).</summary>
public sealed record HealthCheckConfig
{
    public required string Id { get; init; }

    /// <summary><c>HTTP</c>, <c>HTTPS</c>, <c>HTTP_STR_MATCH</c>, <c>HTTPS_STR_MATCH</c>, <c>TCP</c> or <c>CALCULATED</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Where it connects; null to resolve <see cref="Host"/>.</summary>
    public string? Address { get; init; }

    public int Port { get; init; }

    /// <summary>The Host header, and the name resolved where there is no address.</summary>
    public string? Host { get; init; }

    public string Path { get; init; } = "/";

    /// <summary>What the first 5,120 bytes of the body must have.</summary>
    public string? SearchString { get; init; }

    /// <summary>Seconds from one request to the next: 10 or 30.</summary>
    public int IntervalSeconds { get; init; } = 30;

    /// <summary>Requests in a row after which it is thought otherwise: 1 to 10.</summary>
    public int FailureThreshold { get; init; } = 3;

    public bool IsInverted { get; init; }

    /// <summary>Not asked, and healthy.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Whether the name of the host is said in the handshake of HTTPS.</summary>
    public bool EnableSni { get; init; } = true;

    /// <summary>The checks that a calculated one counts.</summary>
    public ImmutableArray<string> Children { get; init; } = [];

    /// <summary>How many of them must be healthy.</summary>
    public int HealthThreshold { get; init; }
}
