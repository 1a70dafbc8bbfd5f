// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>What every store checks of a change to an access key, inside its transaction.</summary>
public static class AccessKeyRules
{
    /// <summary>What stands in the way of a change, in the order that <see cref="AccessKeyOutcome"/> promises; null for nothing.</summary>
    /// <param name="keys">All that there are, <paramref name="before"/> among them unless it is null.</param>
    public static AccessKeyOutcome? FindObstacle(ImmutableArray<AccessKeyRow> keys, AccessKeyRow? before, AccessKeyChange change)
    {
        if (change.Verb == ChangeVerb.Create)
        {
            return keys.Length >= change.Limit ? AccessKeyOutcome.TooMany : null;
        }

        if (before is null)
        {
            return AccessKeyOutcome.NotFound;
        }

        var isLost = IsAdmin(before) && (change.Verb == ChangeVerb.Delete || !change.Row.IsActive);
        return isLost && !keys.Any(key => key.Id != before.Id && IsAdmin(key)) ? AccessKeyOutcome.LastAdmin : null;
    }

    /// <summary>The key once the change is made; null when it is gone.</summary>
    public static AccessKeyRow? After(AccessKeyRow? before, AccessKeyChange change) => change.Verb switch
    {
        ChangeVerb.Create => change.Row,
        ChangeVerb.Update => before! with { IsActive = change.Row.IsActive },
        ChangeVerb.Delete => null,
    };

    private static bool IsAdmin(AccessKeyRow key) => key is { Role: AccessKeyRole.Admin, IsActive: true };
}
