// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>As whom the edge asks an origin: origin access controls and identities (<c>api.md</c> §8.2, API-10.5).</summary>
internal static class OriginAccessValidation
{
    public static void Check(Origin origin, ValidationContext context, FaultList faults)
    {
        var id = origin.OriginAccessControlId;
        var identity = origin.S3?.OriginAccessIdentity ?? "";
        faults.Require(id.Length == 0 || identity.Length == 0, ApiErrors.IllegalOriginAccessConfiguration, ApiErrors.IllegalOriginAccessConfiguration.Message);
        if (identity.Length > 0)
        {
            CheckIdentity(origin.Id, identity, context, faults);
        }

        if (id.Length > 0)
        {
            CheckControl(origin, id, context, faults);
        }
    }

    private static void CheckControl(Origin origin, string id, ValidationContext context, FaultList faults)
    {
        if (context.FindOriginAccessControl(id) is not { } control)
        {
            faults.Add(ApiErrors.InvalidOriginAccessControl);
            return;
        }

        var isBucket = control.Settings.OriginType == "s3";
        if (context.ServiceOf(origin.DomainName) != control.Settings.OriginType)
        {
            faults.Add(ApiErrors.InvalidDomainNameForOriginAccessControl);
        }
        else if (isBucket != origin.S3 is not null)
        {
            faults.Add(
                ApiErrors.InvalidOriginAccessControl,
                $"The origin access control of type {control.Settings.OriginType} needs {(isBucket ? "an S3OriginConfig" : "a CustomOriginConfig")} in origin '{origin.Id}'.");
        }

        if (context.CountOthers(other => other.Settings.Origins.Any(used => used.OriginAccessControlId == id)) >= context.Quotas.DistributionsPerOriginAccessControl)
        {
            faults.Add(ApiErrors.TooManyDistributionsPerOriginAccessControl);
        }
    }

    private static void CheckIdentity(string originId, string identity, ValidationContext context, FaultList faults)
    {
        faults.Require(context.HasOriginAccessIdentity(identity), ApiErrors.InvalidOriginAccessIdentity, ApiErrors.InvalidOriginAccessIdentity.Message);

        // No code of its own is published for this quota.
        faults.Require(
            context.CountOthers(other => other.Settings.Origins.Any(used => used.S3?.OriginAccessIdentity == identity)) < context.Quotas.DistributionsPerOriginAccessIdentity,
            ApiErrors.InvalidArgument, $"Origin '{originId}': the maximum number of distributions have been associated with the origin access identity.");
    }
}
