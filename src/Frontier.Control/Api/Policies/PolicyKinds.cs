// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Policies;

/// <summary>The three kinds of policy.</summary>
internal static class PolicyKinds
{
    public static PolicyKind<CachePolicySettings> Cache { get; } = new()
    {
        Name = "CachePolicy",
        Path = "cache-policy",
        ListOperation = "ListCachePolicies",
        Resource = ResourceKind.CachePolicy,
        Managed = ManagedPolicies.CachePolicies,
        Read = CachePolicyDocument.Read,
        Write = CachePolicyDocument.Write,
        Check = CachePolicyValidation.Check,
        Of = static catalogue => catalogue.CachePolicies,
        With = static (catalogue, policies) => catalogue with { CachePolicies = policies },
        Reference = static behavior => behavior.CachePolicyId,
        NotFound = ApiErrors.NoSuchCachePolicy,
        AlreadyExists = ApiErrors.CachePolicyAlreadyExists,
        InUse = ApiErrors.CachePolicyInUse,
        TooMany = ApiErrors.TooManyCachePolicies,
    };

    public static PolicyKind<OriginRequestPolicySettings> OriginRequest { get; } = new()
    {
        Name = "OriginRequestPolicy",
        Path = "origin-request-policy",
        ListOperation = "ListOriginRequestPolicies",
        Resource = ResourceKind.OriginRequestPolicy,
        Managed = ManagedPolicies.OriginRequestPolicies,
        Read = OriginRequestPolicyDocument.Read,
        Write = OriginRequestPolicyDocument.Write,
        Check = OriginRequestPolicyValidation.Check,
        Of = static catalogue => catalogue.OriginRequestPolicies,
        With = static (catalogue, policies) => catalogue with { OriginRequestPolicies = policies },
        Reference = static behavior => behavior.OriginRequestPolicyId,
        NotFound = ApiErrors.NoSuchOriginRequestPolicy,
        AlreadyExists = ApiErrors.OriginRequestPolicyAlreadyExists,
        InUse = ApiErrors.OriginRequestPolicyInUse,
        TooMany = ApiErrors.TooManyOriginRequestPolicies,
    };

    public static PolicyKind<ResponseHeadersPolicySettings> ResponseHeaders { get; } = new()
    {
        Name = "ResponseHeadersPolicy",
        Path = "response-headers-policy",
        ListOperation = "ListResponseHeadersPolicies",
        Resource = ResourceKind.ResponseHeadersPolicy,
        Managed = ManagedPolicies.ResponseHeadersPolicies,
        Read = ResponseHeadersPolicyDocument.Read,
        Write = ResponseHeadersPolicyDocument.Write,
        Check = ResponseHeadersPolicyValidation.Check,
        Of = static catalogue => catalogue.ResponseHeadersPolicies,
        With = static (catalogue, policies) => catalogue with { ResponseHeadersPolicies = policies },
        Reference = static behavior => behavior.ResponseHeadersPolicyId,
        NotFound = ApiErrors.NoSuchResponseHeadersPolicy,
        AlreadyExists = ApiErrors.ResponseHeadersPolicyAlreadyExists,
        InUse = ApiErrors.ResponseHeadersPolicyInUse,
        TooMany = ApiErrors.TooManyResponseHeadersPolicies,
    };
}
