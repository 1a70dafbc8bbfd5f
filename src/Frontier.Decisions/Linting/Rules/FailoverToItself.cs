// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Twice the same is no second chance.</summary>
internal static class FailoverToItself
{
    public static LintRule Rule { get; } = new(
        "failover-to-itself", LintSeverity.Warning,
        "Both members of an origin group are the same server and path.",
        "Let the second member be another server, or remove the group.")
    {
        Find = Find,
    };

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject)
    {
        foreach (var (position, group) in subject.Config.OriginGroups.Index())
        {
            var (primary, secondary) = (Find(subject, group.PrimaryOriginId), Find(subject, group.SecondaryOriginId));
            if (Place(primary) == Place(secondary))
            {
                yield return (
                    FormattableString.Invariant($"OriginGroups.Items[{position}].Members"),
                    $"Origin group {group.Id} asks {primary.DomainName} again where {primary.DomainName} has failed (DP-12.2).");
            }
        }
    }

    private static OriginConfig Find(LintSubject subject, string id) => subject.Config.Origins.First(origin => origin.Id == id);

    private static (string, string, int, int) Place(OriginConfig origin) => (origin.DomainName, origin.Path, origin.HttpPort, origin.HttpsPort);
}
