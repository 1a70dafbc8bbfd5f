// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;

namespace Frontier.Control.Domain.Zones;

/// <summary>A health check as its owner said it (NB-5.6).</summary>
internal sealed record HealthCheckSettings
{
    public required string CallerReference { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public long Version { get; init; } = 1;

    public required string Type { get; init; }

    public string? Address { get; init; }

    public int? Port { get; init; }

    public string? Path { get; init; }

    public string? Host { get; init; }

    public string? SearchString { get; init; }

    public int? Interval { get; init; }

    public int? FailureThreshold { get; init; }

    public bool MeasureLatency { get; init; }

    public bool IsInverted { get; init; }

    public bool IsDisabled { get; init; }

    public int? HealthThreshold { get; init; }

    public ImmutableArray<string> Children { get; init; } = [];

    public bool? EnableSni { get; init; }

    public ImmutableArray<string> Regions { get; init; } = [];

    public bool IsHttp => Type.StartsWith("HTTP", StringComparison.Ordinal);

    public bool IsHttps => Type.StartsWith("HTTPS", StringComparison.Ordinal);

    public bool HasSearchString => Type.EndsWith("_STR_MATCH", StringComparison.Ordinal);

    public bool IsCalculated => Type == HealthCheckRules.Calculated;

    /// <summary>The same request, which a caller reference stands for.</summary>
    public bool IsSameAs(HealthCheckSettings other) =>
        (this with { Version = 0, Children = [], Regions = [] }) == (other with { Version = 0, Children = [], Regions = [] })
        && Children.SequenceEqual(other.Children) && Regions.SequenceEqual(other.Regions);

    public HealthCheckConfig ToConfig(string id) => new()
    {
        Id = id,
        Type = Type,
        Address = Address,
        Port = Port ?? (IsHttps ? 443 : 80),
        Host = Host,
        Path = Path is not { Length: > 0 } path ? "/" : path[0] == '/' ? path : "/" + path,
        SearchString = SearchString,
        IntervalSeconds = Interval ?? HealthCheckRules.DefaultInterval,
        FailureThreshold = FailureThreshold ?? HealthCheckRules.DefaultFailures,
        IsInverted = IsInverted,
        IsDisabled = IsDisabled,
        EnableSni = EnableSni ?? true,
        Children = Children,
        HealthThreshold = HealthThreshold ?? 0,
    };
}
