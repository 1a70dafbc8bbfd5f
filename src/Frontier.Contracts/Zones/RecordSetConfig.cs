// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts.Zones;

/// <summary>Records of one name and type that are answered together (NB-5.1 to NB-5.5).</summary>
public sealed record RecordSetConfig
{
    /// <summary>Fully qualified, lower case, with its final dot and with <c>\052</c>-like escapes as in RFC 1035 §5.1, e.g. <c>www.example.com.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>E.g. <c>AAAA</c> (NB-5.2).</summary>
    public required string Type { get; init; }

    /// <summary>In seconds, 0 to 2,147,483,647; of an alias it is the target's.</summary>
    public int Ttl { get; init; }

    /// <summary>Each record's data in the presentation form of its type, e.g. <c>10 mail.example.com.</c>; none of an alias.</summary>
    public ImmutableArray<string> Values { get; init => field = value.OrNone; } = [];

    /// <summary>What is answered in the place of values; null for values.</summary>
    public AliasTargetConfig? Alias { get; init; }

    /// <summary>Tells record sets of one name and type apart; null where there is but one.</summary>
    public string? SetIdentifier { get; init; }

    /// <summary>Decides between the sets of one name and type; null where there is but one.</summary>
    public RoutingConfig? Routing { get; init; }

    /// <summary>The set is left out while this check fails; null for always healthy.</summary>
    public string? HealthCheckId { get; init; }
}

/// <summary>What an alias record stands for.</summary>
/// <param name="Name">Fully qualified, lower case, with its final dot.</param>
/// <param name="Kind">Where its addresses are found.</param>
/// <param name="EvaluateHealth">Whether the alias counts as unhealthy while everything it stands for does.</param>
public sealed record AliasTargetConfig(string Name, AliasTargetKind Kind, bool EvaluateHealth);

/// <summary>Where the addresses of an alias are found.</summary>
public enum AliasTargetKind
{
    /// <summary>The name is a distribution's: the edges that serve the client best (NB-5.3).</summary>
    Distribution,

    /// <summary>The name is that of a bucket's website.</summary>
    BucketWebsite,

    /// <summary>The name has records of the same type in the same zone.</summary>
    Record,
}
