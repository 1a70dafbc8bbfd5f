// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Access;

/// <summary>A bucket's policy: what others than the owner may do (NB-1.9). Immutable.</summary>
internal sealed record BucketPolicy(IReadOnlyList<PolicyStatement> Statements)
{
    /// <summary>S3's bound on a policy document.</summary>
    public const int MaxBytes = 20 * 1024;

    public bool IsPublic => Statements.Any(static statement => statement.IsPublic);

    public static bool TryParse(byte[] document, out BucketPolicy? policy, out string? fault) => PolicyReader.TryRead(document, out policy, out fault);

    /// <summary>A denial that applies wins over every allowance; without either nothing is allowed.</summary>
    public bool Allows(AccessRequest request)
    {
        var allowed = false;
        foreach (var statement in Statements)
        {
            if (statement.Applies(request))
            {
                if (!statement.Allows)
                {
                    return false;
                }

                allowed = true;
            }
        }

        return allowed;
    }

    /// <summary>The first resource that is not of this bucket, or null.</summary>
    public string? ForeignResource(string bucket)
    {
        var arn = "arn:aws:s3:::" + bucket;
        return Statements.SelectMany(static statement => statement.Resources)
            .FirstOrDefault(resource => resource != "*" && resource != arn && !resource.StartsWith(arn + "/", StringComparison.Ordinal) && resource != arn + "*");
    }
}
