// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>A change to one access key.</summary>
public sealed record AccessKeyChange
{
    public required ChangeVerb Verb { get; init; }

    /// <summary>The key afterwards. Of an update only its status is read beside the id, of a deletion nothing.</summary>
    public required AccessKeyRow Row { get; init; }

    /// <summary>How many keys there may be after a creation.</summary>
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>Whose change it is; null leaves no trace.</summary>
    public AuditCall? Audit { get; init; }
}

/// <summary>What became of a change. Conditions are checked in the order of these members, and any but the first leaves everything as it was.</summary>
public enum AccessKeyOutcome
{
    Applied,
    NotFound,
    TooMany,

    /// <summary>No other active admin key would be left among those of the store.</summary>
    LastAdmin,
}

/// <param name="Row">The key afterwards, of a deletion the one that is gone; present when <see cref="AccessKeyOutcome.Applied"/>.</param>
public sealed record AccessKeyChanged(AccessKeyOutcome Outcome, AccessKeyRow? Row);
