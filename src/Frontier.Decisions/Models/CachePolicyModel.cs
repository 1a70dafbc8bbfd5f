// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>A cache policy, compiled.</summary>
public sealed class CachePolicyModel(CachePolicyConfig config)
{
    public string Id { get; } = config.Id;

    public string Name { get; } = config.Name;

    public TimeSpan MinTtl { get; } = TimeSpan.FromSeconds(config.MinTtl);

    public TimeSpan DefaultTtl { get; } = TimeSpan.FromSeconds(config.DefaultTtl);

    public TimeSpan MaxTtl { get; } = TimeSpan.FromSeconds(config.MaxTtl);

    /// <summary>DP-6.13: without a MaxTTL there is no key, no storage and no collapsing.</summary>
    public bool CachingDisabled { get; } = config.MaxTtl == 0;

    public NameSelection Headers { get; } = new(config.Headers, ignoreCase: true);

    public NameSelection Cookies { get; } = new(config.Cookies, ignoreCase: false);

    public NameSelection QueryStrings { get; } = new(config.QueryStrings, ignoreCase: false);

    public bool Gzip { get; } = config.AcceptEncodingGzip;

    public bool Brotli { get; } = config.AcceptEncodingBrotli;

    /// <summary>Concurrent misses each ask the origin (DP-17.2).</summary>
    public bool CollapsingDisabled { get; } = config.CollapsingDisabled;
}
