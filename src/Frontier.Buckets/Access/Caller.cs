// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Access;

/// <summary>Who a request comes from, once its signature is verified.</summary>
/// <param name="DistributionId">For a distribution's origin access key (DP-13.9): the distribution it signs for.</param>
/// <param name="IdentityId">For the key of a legacy origin access identity (DP-13.7): that identity.</param>
internal sealed record Caller(bool IsOwner, string? DistributionId, string? IdentityId)
{
    private const string Service = "cloudfront.amazonaws.com";

    public static readonly Caller Owner = new(true, null, null);

    /// <summary>Somebody with a key of the owner's for reading alone.</summary>
    public static readonly Caller Reader = new(false, null, null) { IsReader = true };

    public static readonly Caller Anonymous = new(false, null, null);

    public static Caller Distribution(string id) => new(false, id, null);

    public static Caller Identity(string id) => new(false, null, id);

    /// <summary>May read everything; may change what everybody may.</summary>
    public bool IsReader { get; private init; }

    public bool IsAnonymous => !IsOwner && !IsReader && DistributionId is null && IdentityId is null;

    public string? IdentityArn => IdentityId is null ? null : $"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity {IdentityId}";

    /// <summary>Whether a policy means this caller by a principal of its own (NB-1.9): a distribution is the service, an identity has an ARN and a canonical user id.</summary>
    public bool Is(string principalKind, string principal) => principalKind switch
    {
        "Service" => DistributionId is not null && principal == Service,
        "AWS" => IdentityId is not null && principal == IdentityArn,
        "CanonicalUser" => IdentityId is not null && principal == OriginAccessKeys.CanonicalUserOf(IdentityId),
        _ => false,
    };
}
