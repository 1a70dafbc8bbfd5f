// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>Certificates of viewers (API-10.18, DP-31.4, <c>api.md</c> §7).</summary>
internal static class ViewerMtlsValidation
{
    public static void Check(DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        if (settings.ViewerMtls is not { } asked)
        {
            return;
        }

        if (asked.Mode == "passthrough")
        {
            faults.Require(
                asked.TrustStoreId is null, ApiErrors.InvalidArgument,
                "The parameter TrustStoreConfig cannot be used with the Mode passthrough of ViewerMtlsConfig: the origin judges; use required or optional.");
            faults.Require(
                settings.AllBehaviors.All(behavior => behavior.CachePolicyId is { } id && context.CachePolicies.Find(id) is { Settings.MaxTtl: 0 }), ApiErrors.InvalidArgument,
                "The Mode passthrough of ViewerMtlsConfig needs a cache policy that caches nothing in every cache behavior, such as Managed-CachingDisabled.");
            return;
        }

        if (asked.TrustStoreId is not { } id)
        {
            faults.Add(ApiErrors.InvalidArgument, "The parameter TrustStoreConfig is required for this Mode of ViewerMtlsConfig.");
            return;
        }

        faults.Require(context.HasTrustStore(id), ApiErrors.EntityNotFound, $"{ApiErrors.EntityNotFound.Message} (The trust store '{id}' of ViewerMtlsConfig.)");
        faults.Require(
            context.CountOthers(other => other.Settings.ViewerMtls?.TrustStoreId == id) < context.Quotas.DistributionsPerTrustStore, FunctionErrors.TooManyEntities,
            $"{FunctionErrors.TooManyEntities.Message} (At most {context.Quotas.DistributionsPerTrustStore} distributions use one trust store.)");
    }
}
