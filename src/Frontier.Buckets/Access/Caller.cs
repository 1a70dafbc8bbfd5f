// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Access;

/// <summary>Who a request comes from, once its signature is verified.</summary>
/// <param name="DistributionId">For a distribution's origin access key (DP-13.9): the distribution it signs for.</param>
internal sealed record Caller(bool IsOwner, string? DistributionId)
{
    public const string Service = "cloudfront.amazonaws.com";

    public static readonly Caller Owner = new(true, null);

    public static readonly Caller Anonymous = new(false, null);

    public static Caller Distribution(string id) => new(false, id);

    public bool IsAnonymous => !IsOwner && DistributionId is null;

    /// <summary>The principal of the legacy origin access identity with this id (NB-1.9).</summary>
    public string? IdentityArn => DistributionId is null ? null : $"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity {DistributionId}";
}
