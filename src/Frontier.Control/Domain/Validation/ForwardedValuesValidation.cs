// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;
using Frontier.Protocols.Names;

namespace Frontier.Control.Domain.Validation;

/// <summary>The legacy settings of a cache behavior (<c>api.md</c> §7, §8.2, §9; <c>dataplane.md</c> §10.2).</summary>
internal static class ForwardedValuesValidation
{
    private const string Everything = "*";
    private const int MostHeaders = 10;
    private const int MostCookies = 10;
    private const int CookieCharacters = 512;
    private const int MostParameters = 10;
    private const int LongestParameter = 128;
    private const int ParameterCharacters = 512;

    public static void Check(CacheBehavior behavior, ForwardedValues values, DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        var (min, middle, max) = (behavior.MinTtl ?? 0, behavior.DefaultTtl ?? 0, behavior.MaxTtl ?? 0);
        faults.Require(min >= 0 && min <= middle && middle <= max && max <= CachePolicyValidation.LongestTtl, ApiErrors.InvalidTtlOrder, ApiErrors.InvalidTtlOrder.Message);
        CheckHeaders(values, min, faults);
        CheckCookies(values, faults);
        CheckParameters(values, faults);
        var targets = settings.OriginGroups.FirstOrDefault(group => group.Id == behavior.TargetOriginId)?.Members ?? [behavior.TargetOriginId];
        faults.Require(
            !values.Headers.Contains("Host", StringComparer.OrdinalIgnoreCase) || !settings.Origins.Any(origin => targets.Contains(origin.Id) && IsBucket(origin, context)),
            ApiErrors.InvalidHeadersForS3Origin, ApiErrors.InvalidHeadersForS3Origin.Message);
    }

    private static void CheckHeaders(ForwardedValues values, long minTtl, FaultList faults)
    {
        if (values.Headers.Contains(Everything))
        {
            faults.Require(values.Headers.Length == 1, ApiErrors.InvalidArgument, "The parameter Headers cannot contain other names beside *.");
            faults.Require(minTtl == 0, ApiErrors.InvalidArgument, "The parameter MinTTL must be 0 when Headers contains *.");
            return;
        }

        faults.Require(values.Headers.Length <= MostHeaders, ApiErrors.TooManyHeadersInForwardedValues, ApiErrors.TooManyHeadersInForwardedValues.Message);
        faults.Require(
            values.Headers.Distinct(StringComparer.OrdinalIgnoreCase).Count() == values.Headers.Length, ApiErrors.InvalidArgument, "The parameter Headers contains a name more than once.");
        foreach (var name in values.Headers.Where(static name => !HeaderNames.IsToken(name) || !HeaderNames.MayBeInKey(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter Headers contains '{name}' that is not allowed.");
        }
    }

    private static void CheckCookies(ForwardedValues values, FaultList faults)
    {
        var names = values.CookieNames ?? [];
        faults.Require(values.CookieForward == "whitelist" == names.Length > 0, ApiErrors.InvalidForwardCookies, ApiErrors.InvalidForwardCookies.Message);
        faults.Require(
            names.Length <= MostCookies && names.Sum(static name => name.Length) <= CookieCharacters - names.Length,
            ApiErrors.TooManyCookieNames, ApiErrors.TooManyCookieNames.Message);
        foreach (var name in names.Where(static name => !PolicyValidation.IsCookieName(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter WhitelistedNames contains '{name}' that is not valid.");
        }
    }

    private static void CheckParameters(ForwardedValues values, FaultList faults)
    {
        var keys = values.QueryStringCacheKeys;
        faults.Require(keys.Length <= MostParameters, ApiErrors.TooManyQueryStringParameters, ApiErrors.TooManyQueryStringParameters.Message);
        faults.Require(keys.IsEmpty || values.QueryString, ApiErrors.InvalidQueryStringParameters, "The parameter QueryStringCacheKeys can be used only when QueryString is true.");
        faults.Require(
            keys.All(static key => key.Length <= LongestParameter && PolicyValidation.IsParameterName(key)) && keys.Sum(static key => key.Length) <= ParameterCharacters,
            ApiErrors.InvalidQueryStringParameters, ApiErrors.InvalidQueryStringParameters.Message);
    }

    private static bool IsBucket(Origin origin, ValidationContext context) =>
        origin.Custom is null && context.TryReadS3Host(origin.DomainName, out var name) && name.Endpoint == S3Endpoint.Rest;
}
