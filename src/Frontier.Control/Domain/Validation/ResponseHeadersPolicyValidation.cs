// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Domain.Validation;

/// <summary>Response headers policies (<c>api.md</c> §9.1, <c>dataplane.md</c> §21.3).</summary>
internal static class ResponseHeadersPolicyValidation
{
    /// <summary>Decimal places of a sampling rate.</summary>
    private const int MostPlaces = 4;

    public static void Check(ResponseHeadersPolicySettings policy, Quotas quotas, FaultList faults)
    {
        PolicyValidation.CheckNames(policy, faults);
        faults.Require(!policy.IsEmpty, ApiErrors.InvalidArgument, "A response headers policy must have at least one section that adds or removes a header.");
        if (policy.Cors is { } cors)
        {
            CorsValidation.Check(cors, quotas, faults);
        }

        if (policy.Security is { } security)
        {
            CheckSecurity(security, quotas, faults);
        }

        faults.Require(
            policy.ServerTiming is not { SamplingRate: { } rate } || (rate is >= 0 and <= 100 && decimal.Round(rate, MostPlaces) == rate), ApiErrors.InvalidArgument,
            $"The parameter SamplingRate must be 0 to 100 with at most {MostPlaces} decimal places.");
        CheckCustomHeaders(policy, quotas, faults);
        CheckRemovedHeaders(policy, quotas, faults);
    }

    /// <summary>A value that can stand in a header: visible ASCII, with spaces and tabs inside only.</summary>
    private static bool IsValue(string value) => value.All(static character => character is >= ' ' and <= '~' or '\t') && value.AsSpan().Trim(" \t").Length == value.Length;

    private static void CheckSecurity(SecurityHeaders security, Quotas quotas, FaultList faults)
    {
        if (security.XssProtection is { } xss)
        {
            faults.Require(!xss.ModeBlock || xss.ReportUri is null, ApiErrors.InvalidArgument, "The parameters ModeBlock and ReportUri cannot be used together.");
            faults.Require(
                xss.ReportUri is not { } uri || (IsValue(uri) && uri.Length <= quotas.CustomHeaderValue && uri.AsSpan().IndexOfAny(" ;,") < 0), ApiErrors.InvalidArgument,
                "The parameter ReportUri contains characters that are not valid or is too long.");
        }

        if (security.ContentSecurityPolicy is { Value: var content })
        {
            faults.Require(content.Length <= quotas.ContentSecurityPolicy, ApiErrors.TooLongContentSecurityPolicy, ApiErrors.TooLongContentSecurityPolicy.Message);
            faults.Require(content.Length > 0 && IsValue(content), ApiErrors.InvalidArgument, "The parameter ContentSecurityPolicy is empty or contains characters that are not valid.");
        }

        faults.Require(security.StrictTransportSecurity is not { MaxAgeSeconds: < 0 }, ApiErrors.InvalidArgument, "The parameter AccessControlMaxAgeSec must not be negative.");
    }

    private static void CheckCustomHeaders(ResponseHeadersPolicySettings policy, Quotas quotas, FaultList faults)
    {
        var headers = policy.CustomHeaders;
        faults.Require(headers.Length <= quotas.CustomHeadersPerPolicy, ApiErrors.TooManyCustomHeadersInPolicy, ApiErrors.TooManyCustomHeadersInPolicy.Message);
        faults.Require(
            headers.DistinctBy(static header => header.Name, StringComparer.OrdinalIgnoreCase).Count() == headers.Length, ApiErrors.InvalidArgument,
            "The parameter CustomHeadersConfig contains a header more than once.");
        foreach (var header in headers)
        {
            if (!HeaderNames.IsToken(header.Name) || !IsValue(header.Value) || header.Value.Length > quotas.CustomHeaderValue)
            {
                faults.Add(ApiErrors.InvalidArgument, $"The custom header '{header.Name}' contains characters that are not valid or is too long.");
            }
            else if (HeaderNames.IsSecurityHeader(header.Name))
            {
                faults.Add(ApiErrors.InvalidArgument, $"The header '{header.Name}' is a security header; give it in SecurityHeadersConfig.");
            }
            else if (!HeaderNames.MayBeChanged(header.Name))
            {
                faults.Add(ApiErrors.InvalidArgument, $"The custom header '{header.Name}' is not allowed.");
            }
        }
    }

    private static void CheckRemovedHeaders(ResponseHeadersPolicySettings policy, Quotas quotas, FaultList faults)
    {
        var names = policy.RemovedHeaders;
        faults.Require(names.Length <= quotas.RemovedHeadersPerPolicy, ApiErrors.TooManyRemovedHeadersInPolicy, ApiErrors.TooManyRemovedHeadersInPolicy.Message);
        faults.Require(
            names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length, ApiErrors.InvalidArgument, "The parameter RemoveHeadersConfig contains a header more than once.");
        foreach (var name in names)
        {
            faults.Require(HeaderNames.IsToken(name), ApiErrors.InvalidArgument, $"The parameter RemoveHeadersConfig contains '{name}' that is not valid.");
            faults.Require(HeaderNames.MayBeChanged(name), ApiErrors.InvalidArgument, $"The header '{name}' cannot be removed."); // DP-21.12
        }
    }
}
