// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;
using Frontier.Protocols.Names;

namespace Frontier.Control.Domain.Validation;

/// <summary>The legacy settings of a cache behavior (<c>api.md</c> §7, §8.2, §9; <c>dataplane.md</c> §10.2).</summary>
internal static class ForwardedValuesValidation
{
    private const string Everything = "*";

    public static void Check(CacheBehavior behavior, ForwardedValues values, DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        var (min, middle, max) = (behavior.MinTtl ?? 0, behavior.DefaultTtl ?? 0, behavior.MaxTtl ?? 0);
        faults.Require(min >= 0 && min <= middle && middle <= max && max <= CachePolicyValidation.LongestTtl, ApiErrors.InvalidTtlOrder, ApiErrors.InvalidTtlOrder.Message);
        CheckHeaders(values, min, context.Quotas, faults);
        CheckCookies(values, context.Quotas, faults);
        CheckParameters(values, context.Quotas, faults);
        var targets = settings.OriginGroups.FirstOrDefault(group => group.Id == behavior.TargetOriginId)?.Members ?? [behavior.TargetOriginId];
        faults.Require(
            !values.Headers.Contains("Host", StringComparer.OrdinalIgnoreCase) || !settings.Origins.Any(origin => targets.Contains(origin.Id) && IsBucket(origin, context)),
            ApiErrors.InvalidHeadersForS3Origin, ApiErrors.InvalidHeadersForS3Origin.Message);
    }

    private static void CheckHeaders(ForwardedValues values, long minTtl, Quotas quotas, FaultList faults)
    {
        if (values.Headers.Contains(Everything))
        {
            faults.Require(values.Headers.Length == 1, ApiErrors.InvalidArgument, "The parameter Headers cannot contain other names beside *.");
            faults.Require(minTtl == 0, ApiErrors.InvalidArgument, "The parameter MinTTL must be 0 when Headers contains *.");
            return;
        }

        faults.Require(values.Headers.Length <= quotas.ForwardedHeaders, ApiErrors.TooManyHeadersInForwardedValues, ApiErrors.TooManyHeadersInForwardedValues.Message);
        faults.Require(
            values.Headers.Distinct(StringComparer.OrdinalIgnoreCase).Count() == values.Headers.Length, ApiErrors.InvalidArgument, "The parameter Headers contains a name more than once.");
        foreach (var name in values.Headers.Where(static name => !HeaderNames.IsToken(name) || !HeaderNames.MayBeInKey(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter Headers contains '{name}' that is not allowed.");
        }
    }

    private static void CheckCookies(ForwardedValues values, Quotas quotas, FaultList faults)
    {
        var names = values.CookieNames ?? [];
        faults.Require(values.CookieForward == "whitelist" == names.Length > 0, ApiErrors.InvalidForwardCookies, ApiErrors.InvalidForwardCookies.Message);
        faults.Require(
            names.Length <= quotas.ForwardedCookies && names.Sum(static name => name.Length) <= quotas.ForwardedCookieCharacters - names.Length,
            ApiErrors.TooManyCookieNames, ApiErrors.TooManyCookieNames.Message);
        foreach (var name in names.Where(static name => !PolicyValidation.IsCookieName(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter WhitelistedNames contains '{name}' that is not valid.");
        }
    }

    private static void CheckParameters(ForwardedValues values, Quotas quotas, FaultList faults)
    {
        var keys = values.QueryStringCacheKeys;
        faults.Require(keys.Length <= quotas.ForwardedParameters, ApiErrors.TooManyQueryStringParameters, ApiErrors.TooManyQueryStringParameters.Message);
        faults.Require(keys.IsEmpty || values.QueryString, ApiErrors.InvalidQueryStringParameters, "The parameter QueryStringCacheKeys can be used only when QueryString is true.");
        faults.Require(
            keys.All(key => key.Length <= quotas.ForwardedParameter && PolicyValidation.IsParameterName(key)) && keys.Sum(static key => key.Length) <= quotas.ForwardedParameterCharacters,
            ApiErrors.InvalidQueryStringParameters, ApiErrors.InvalidQueryStringParameters.Message);
    }

    private static bool IsBucket(Origin origin, ValidationContext context) =>
        origin.Custom is null && context.TryReadS3Host(origin.DomainName, out var name) && name.Endpoint == S3Endpoint.Rest;
}
