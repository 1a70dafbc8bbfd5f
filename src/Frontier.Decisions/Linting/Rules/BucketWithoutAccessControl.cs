// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>What the edge may read unsigned, all may.</summary>
internal static class BucketWithoutAccessControl
{
    public static LintRule Rule { get; } = new(
        "bucket-without-access-control", LintSeverity.Warning,
        "A bucket is asked without a signature, so its objects must be public.",
        "Give the origin an origin access control that always signs, and let the bucket's policy allow the distribution alone.")
    {
        Find = Find,
    };

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject) => subject.UsedOrigins
        .Where(static place => place.Origin.S3 is { Signing: OriginSigningBehavior.Never })
        .Select(static place => ($"{place.Path}.OriginAccessControlId", (LintRemark)$"Bucket {place.Origin.S3!.Bucket} answers the edge only if it answers everybody, past the distribution too."));
}
