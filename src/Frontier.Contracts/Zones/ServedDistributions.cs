// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts.Zones;

/// <summary>The distributions as far as DNS is concerned, as of one snapshot: all of them, or what makes them of those of the snapshot that a node reported.</summary>
public sealed record ServedDistributions
{
    /// <summary>Of the snapshot; 0 where there is none yet.</summary>
    public required long Version { get; init; }

    /// <summary>When that was made: versions alone do not tell one control plane before and after a restore apart.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether what the node has and <see cref="Put"/> does not name is to go.</summary>
    public bool IsWhole { get; init; }

    public ImmutableArray<ServedDistribution> Put { get; init => field = value.OrNone; } = [];

    /// <summary>Domain names of those that there are no more.</summary>
    public ImmutableArray<string> Removed { get; init => field = value.OrNone; } = [];
}

/// <summary>What DNS needs to know of a distribution.</summary>
/// <param name="DomainName">Lower case, without a final dot, e.g. <c>d111111abcdef8.frontier.localhost</c>. Aliases of zones lead there.</param>
/// <param name="PriceClass">E.g. <c>PriceClass_100</c> (DP-26.6).</param>
/// <param name="HasIPv6">Whether addresses of IPv6 are answered (DP-2.10).</param>
/// <param name="HasHttp2">Whether its edges speak HTTP/2 for it.</param>
public sealed record ServedDistribution(string DomainName, string PriceClass, bool HasIPv6, bool HasHttp2);
