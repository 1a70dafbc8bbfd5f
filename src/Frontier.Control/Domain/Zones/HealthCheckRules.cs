// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Frontier.Control.Domain.Zones;

/// <summary>What health checks may be like (NB-5.6). Every fault is found.</summary>
internal static class HealthCheckRules
{
    public const string Calculated = "CALCULATED";
    public const int DefaultInterval = 30;
    public const int DefaultFailures = 3;

    private const int MostChildren = 256;
    private const int LongestPath = 255;
    private const int LongestHost = 255;
    private const int LongestSearchString = 255;
    private const int LongestCallerReference = 64;

    public static readonly ImmutableArray<string> Types = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP", Calculated, "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

    /// <summary>Those that stand for something this installation has not.</summary>
    private static readonly ImmutableArray<string> Unsupported = ["CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

    /// <param name="isKnown">Whether there is a health check of that id.</param>
    public static IEnumerable<string> FindFaults(HealthCheckSettings check, Func<string, bool> isKnown)
    {
        if (Unsupported.Contains(check.Type))
        {
            return [$"The health check type {check.Type} is not supported by this version of Frontier. Use {string.Join(", ", Types.Except(Unsupported))}."];
        }

        return [.. OfAny(check), .. check.IsCalculated ? OfCalculated(check, isKnown) : OfEndpoint(check)];
    }

    private static IEnumerable<string> OfAny(HealthCheckSettings check)
    {
        if (check.CallerReference.Length is 0 or > LongestCallerReference)
        {
            yield return $"CallerReference must have 1 to {LongestCallerReference} characters.";
        }

        if (check.FailureThreshold is < 1 or > 10)
        {
            yield return "FailureThreshold must be from 1 to 10.";
        }

        if (check.Interval is not (null or 10 or 30))
        {
            yield return "RequestInterval must be 10 or 30.";
        }

        if (check.MeasureLatency)
        {
            yield return "MeasureLatency is not supported by this version of Frontier: leave it out or set it to false.";
        }

        if (!check.Regions.IsEmpty)
        {
            yield return "Regions are not supported by this version of Frontier: every DNS node of the installation checks. Leave them out.";
        }
    }

    private static IEnumerable<string> OfEndpoint(HealthCheckSettings check)
    {
        if (check.Address is null && check.Host is null)
        {
            yield return "Invalid parameter: either IPAddress or FullyQualifiedDomainName must be given.";
        }

        if (check.Address is { } address && !IPAddress.TryParse(address, out _))
        {
            yield return $"Invalid IP address: '{address}'.";
        }

        if (check.Host is { } host && (host.Length > LongestHost || Uri.CheckHostName(host.TrimEnd('.')) == UriHostNameType.Unknown))
        {
            yield return $"Invalid fully qualified domain name: '{host}'.";
        }

        if (check.Port is < 1 or > 65_535)
        {
            yield return "Port must be from 1 to 65535.";
        }

        if (check is { Type: "TCP", Port: null })
        {
            yield return "Port must be specified for a TCP health check.";
        }

        if (!check.IsHttp && check.Path is { Length: > 0 })
        {
            yield return "ResourcePath is only valid for HTTP and HTTPS health checks.";
        }

        if (check.Path is { } path && (path.Length > LongestPath || path.Any(static character => character is <= ' ' or > '~')))
        {
            yield return $"ResourcePath must have at most {LongestPath} printable ASCII characters without spaces.";
        }

        if (check.HasSearchString != check.SearchString is { Length: > 0 } || check.SearchString?.Length > LongestSearchString)
        {
            yield return $"SearchString must have 1 to {LongestSearchString} characters for HTTP_STR_MATCH and HTTPS_STR_MATCH, and is only valid for those.";
        }

        if (!check.IsHttps && check.EnableSni is true)
        {
            yield return "EnableSNI is only valid for HTTPS health checks.";
        }

        if (check.HealthThreshold is > 0 || !check.Children.IsEmpty)
        {
            yield return $"HealthThreshold and ChildHealthChecks are only valid for {Calculated} health checks.";
        }
    }

    private static IEnumerable<string> OfCalculated(HealthCheckSettings check, Func<string, bool> isKnown)
    {
        if (check.Children.Length > MostChildren || check.Children.Distinct().Count() != check.Children.Length)
        {
            yield return $"ChildHealthChecks must be at most {MostChildren}, each named once.";
        }

        foreach (var child in check.Children.Where(child => !isKnown(child)))
        {
            yield return $"The child health check {child} does not exist, or is a calculated one itself.";
        }

        if (check.HealthThreshold is null or < 0 or > MostChildren)
        {
            yield return $"HealthThreshold must be from 0 to {MostChildren}.";
        }

        if (check.Address is not null || check.Host is not null || check.Port is not null || check.Path is { Length: > 0 } || check.SearchString is { Length: > 0 } || check.Interval is not null)
        {
            yield return $"IPAddress, FullyQualifiedDomainName, Port, ResourcePath, SearchString and RequestInterval are not valid for {Calculated} health checks.";
        }
    }
}
