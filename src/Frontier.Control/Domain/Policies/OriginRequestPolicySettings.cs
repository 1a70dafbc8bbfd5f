// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Control.Domain.Policies;

/// <summary>OriginRequestPolicyConfig with every default filled in.</summary>
internal sealed record OriginRequestPolicySettings : PolicySettings
{
    public required OriginRequestHeaders Headers { get; init; }

    /// <summary>What the names mean depends on <see cref="Headers"/> (DP-9.3).</summary>
    public ImmutableArray<string> HeaderNames { get; init; } = [];

    public SelectionConfig Cookies { get; init; } = SelectionConfig.None;

    public SelectionConfig QueryStrings { get; init; } = SelectionConfig.None;

    public OriginRequestPolicyConfig ToConfig(string id) => new()
    {
        Id = id,
        Name = Name,
        Headers = Headers,
        HeaderNames = HeaderNames,
        Cookies = Cookies,
        QueryStrings = QueryStrings,
    };
}
