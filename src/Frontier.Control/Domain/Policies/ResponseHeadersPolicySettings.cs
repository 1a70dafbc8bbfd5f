// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Control.Domain.Policies;

/// <summary>ResponseHeadersPolicyConfig; a section that was not sent is null or empty.</summary>
internal sealed record ResponseHeadersPolicySettings : PolicySettings
{
    public CorsConfig? Cors { get; init; }

    public SecurityHeaders? Security { get; init; }

    public ServerTiming? ServerTiming { get; init; }

    public ImmutableArray<AddedHeaderConfig> CustomHeaders { get; init; } = [];

    public ImmutableArray<string> RemovedHeaders { get; init; } = [];

    /// <summary>A policy must do something; one without any section is refused (§9.1).</summary>
    public bool IsEmpty => Cors is null && Security is not { IsEmpty: false } && ServerTiming is null && CustomHeaders.IsEmpty && RemovedHeaders.IsEmpty;

    public ResponseHeadersPolicyConfig ToConfig(string id) => new()
    {
        Id = id,
        Name = Name,
        RemovedHeaders = RemovedHeaders,
        Cors = Cors,
        AddedHeaders = [.. Security?.ToHeaders() ?? [], .. CustomHeaders],
        ServerTimingPercent = ServerTiming is { Enabled: true } timing ? timing.SamplingRate ?? 0 : null,
    };
}

/// <param name="SamplingRate">Percent; null when it was not sent, which is 0: only those who ask get the header.</param>
internal sealed record ServerTiming(bool Enabled, decimal? SamplingRate);
