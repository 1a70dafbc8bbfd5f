// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts.Zones;

/// <summary>A hosted zone as DNS nodes serve it: whole, as of one change.</summary>
public sealed record ZoneConfig
{
    /// <summary>E.g. <c>Z0123456789ABCDEFGHIJ</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Fully qualified, lower case, with its final dot.</summary>
    public required string Name { get; init; }

    /// <summary>The change it is as of: grows with each one.</summary>
    public required long Version { get; init; }

    /// <summary>The SOA and NS records of its apex among them.</summary>
    public ImmutableArray<RecordSetConfig> RecordSets { get; init => field = value.OrNone; } = [];
}

/// <summary>What one change batch makes of a zone. Applies to the zone as of <paramref name="BaseVersion"/> alone.</summary>
/// <param name="Removed">By name, type and set identifier.</param>
/// <param name="Put">New, or in the place of those with the same name, type and set identifier.</param>
public sealed record ZoneChange(string ZoneId, long BaseVersion, long Version, ImmutableArray<RecordSetKey> Removed, ImmutableArray<RecordSetConfig> Put);

/// <summary>What is unique in a zone.</summary>
public sealed record RecordSetKey(string Name, string Type, string? SetIdentifier = null);
