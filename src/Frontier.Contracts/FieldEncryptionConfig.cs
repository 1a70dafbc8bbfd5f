// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>Which profile encrypts the fields of which request (DP-25.2 to DP-25.4).</summary>
public sealed record FieldEncryptionConfig : ISnapshotPart
{
    public required string Id { get; init; }

    /// <summary>What the query argument <c>fle-profile</c> means; null where it means nothing.</summary>
    public QueryArgProfilesConfig? QueryArgs { get; init; }

    /// <summary>Whether content other than forms goes to the origin as it is; refused otherwise.</summary>
    public bool ForwardsUnknownContent { get; init; }

    /// <summary>Whether forms are among the content types; if not, they are unknown content, too.</summary>
    public bool KnowsForms { get; init; }

    /// <summary>Of forms that the query argument says nothing of; null where they go to the origin as they are.</summary>
    public string? FormProfileId { get; init; }
}

/// <param name="ForwardsUnknown">Whether a request that names no profile of these goes to the origin as it is; refused otherwise.</param>
public sealed record QueryArgProfilesConfig(bool ForwardsUnknown, ImmutableArray<QueryArgProfileConfig> Profiles);

/// <param name="QueryArg">The argument's value, decoded.</param>
public sealed record QueryArgProfileConfig(string QueryArg, string ProfileId);
