// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text.RegularExpressions;
using Frontier.Contracts;
using Frontier.Control.Domain.Distributions;
using Frontier.Protocols.Names;

namespace Frontier.Control.Domain.Validation;

/// <summary>Origins and origin groups (<c>api.md</c> §9, API-10.4, API-10.5, API-10.13, API-10.14).</summary>
internal static partial class OriginValidation
{
    private const int LongestId = 128;
    private const int LongestHost = 253;
    private const int LongestBucketHost = 128;
    private const int LongestPath = 255;
    private const int LongestTimeout = 120;

    /// <summary>DP-12.9.</summary>
    private static readonly int[] FailoverStatuses = [400, 403, 404, 416, 500, 502, 503, 504];

    /// <summary>DP-26.3.</summary>
    private static readonly string?[] ShieldRegions =
    [
        "us-east-1", "us-east-2", "us-west-2", "ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2",
        "eu-central-1", "eu-west-1", "eu-west-2", "sa-east-1", "me-central-1",
    ];

    public static void Check(DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        faults.Require(settings.Origins.Length > 0, ApiErrors.InvalidArgument, "The parameter Origins must contain at least one origin.");
        faults.Require(settings.Origins.Length <= context.Quotas.OriginsPerDistribution, ApiErrors.TooManyOrigins, ApiErrors.TooManyOrigins.Message);
        var ids = settings.Origins.Select(origin => origin.Id).Concat(settings.OriginGroups.Select(group => group.Id)).ToList();
        faults.Require(ids.Distinct().Count() == ids.Count, ApiErrors.InvalidArgument, "The parameter Origin Id must be unique among origins and origin groups.");
        faults.Require(ids.All(id => id.Length is > 0 and <= LongestId), ApiErrors.InvalidArgument, $"The parameter Origin Id must have 1 to {LongestId} characters.");
        foreach (var origin in settings.Origins)
        {
            CheckOrigin(origin, context, faults);
        }

        CheckGroups(settings, context, faults);
    }

    private static void CheckOrigin(Origin origin, ValidationContext context, FaultList faults)
    {
        CheckHost(origin, context, faults);
        faults.Require(
            origin.Path.Length == 0 || (origin.Path.Length <= LongestPath && origin.Path[0] == '/' && origin.Path[^1] != '/'),
            ApiErrors.InvalidArgument, $"The parameter OriginPath of origin '{origin.Id}' must begin with a slash, not end with one, and have at most {LongestPath} characters.");
        faults.Require(origin.ConnectionAttempts is >= 1 and <= 3, ApiErrors.InvalidArgument, $"The parameter ConnectionAttempts of origin '{origin.Id}' must be 1 to 3.");
        faults.Require(origin.ConnectionTimeout is >= 1 and <= 10, ApiErrors.InvalidArgument, $"The parameter ConnectionTimeout of origin '{origin.Id}' must be 1 to 10.");
        faults.Require(
            origin.ReadTimeout is >= 1 and <= LongestTimeout, ApiErrors.InvalidOriginReadTimeout,
            $"{ApiErrors.InvalidOriginReadTimeout.Message} (Origin '{origin.Id}': {origin.ReadTimeout}; 1 to {LongestTimeout} seconds.)");
        var keepalive = origin.Custom?.KeepaliveTimeout ?? origin.Vpc?.KeepaliveTimeout ?? CustomOriginSettings.DefaultKeepaliveTimeout;
        faults.Require(
            keepalive is >= 1 and <= LongestTimeout, ApiErrors.InvalidOriginKeepaliveTimeout,
            $"{ApiErrors.InvalidOriginKeepaliveTimeout.Message} (Origin '{origin.Id}': {keepalive}; 1 to {LongestTimeout} seconds.)");
        faults.Require(
            origin.ResponseCompletionTimeout is not { } completion || completion >= origin.ReadTimeout,
            ApiErrors.InvalidArgument, $"The parameter ResponseCompletionTimeout of origin '{origin.Id}' must be at least its OriginReadTimeout.");
        faults.Require(
            !origin.ShieldEnabled || ShieldRegions.Contains(origin.ShieldRegion),
            ApiErrors.InvalidArgument, $"The parameter OriginShieldRegion of origin '{origin.Id}' must be one of {string.Join(", ", ShieldRegions)}.");
        if (origin.Custom is { } custom)
        {
            faults.Require(
                IsPort(custom.HttpPort) && IsPort(custom.HttpsPort), ApiErrors.InvalidArgument,
                $"The parameters HTTPPort and HTTPSPort of origin '{origin.Id}' must be 80, 443 or 1024 to 65535.");
            faults.Require(custom.SslProtocols.Length > 0, ApiErrors.InvalidArgument, $"The parameter OriginSslProtocols of origin '{origin.Id}' must name a protocol.");
        }

        CheckHeaders(origin, context.Quotas, faults);
        OriginAccessValidation.Check(origin, context, faults);
        OriginCertificateValidation.Check(origin, context, faults);
    }

    private static void CheckHost(Origin origin, ValidationContext context, FaultList faults)
    {
        var kinds = (origin.S3 is null ? 0 : 1) + (origin.Custom is null ? 0 : 1) + (origin.Vpc is null ? 0 : 1);
        var host = origin.DomainName;
        if (host.Length is 0 or > LongestHost || !HostForm.IsMatch(host) || IPAddress.TryParse(host, out _))
        {
            faults.Add(ApiErrors.InvalidArgument, "The parameter origin name must be a domain name.");
        }
        else if (host == context.OwnDomainName)
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter DomainName of origin '{origin.Id}' is the distribution's own domain name.");
        }
        else if (kinds > 1 || (kinds == 0 && context.TryReadS3Host(host, out var bucket) && bucket.Endpoint == S3Endpoint.Rest))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The origin '{origin.Id}' must have exactly one of S3OriginConfig, CustomOriginConfig and VpcOriginConfig.");
        }
        // A website endpoint is no bucket but a custom origin, which redirects (DP-13.6) and is never signed for (DP-13.11).
        else if (origin.Custom is null && origin.Vpc is null && (!context.TryReadS3Host(host, out var name) || name.Endpoint != S3Endpoint.Rest || host.Length > LongestBucketHost))
        {
            faults.Add(ApiErrors.InvalidArgument, "The parameter Origin DomainName does not refer to a valid S3 bucket.");
        }
    }

    private static void CheckHeaders(Origin origin, Quotas quotas, FaultList faults)
    {
        faults.Require(origin.CustomHeaders.Length <= quotas.CustomHeadersPerOrigin, ApiErrors.TooManyOriginCustomHeaders, ApiErrors.TooManyOriginCustomHeaders.Message);
        faults.Require(
            origin.CustomHeaders.Sum(header => header.Name.Length + header.Value.Length) <= quotas.CustomHeaderTotal,
            ApiErrors.InvalidArgument, $"The custom headers of origin '{origin.Id}' have more than {quotas.CustomHeaderTotal} characters in all.");
        faults.Require(
            origin.CustomHeaders.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase).Count() == origin.CustomHeaders.Length,
            ApiErrors.InvalidArgument, $"The parameter HeaderName appears more than once with one value in origin '{origin.Id}'.");
        foreach (var header in origin.CustomHeaders)
        {
            if (!IsHeader(header, quotas))
            {
                faults.Add(ApiErrors.InvalidArgument, $"The parameter HeaderName or HeaderValue of '{header.Name}' contains characters that are not valid or is too long.");
            }
            else if (RefusedOriginHeaders.Contains(header.Name))
            {
                faults.Add(ApiErrors.InvalidArgument, $"The parameter HeaderName contains '{header.Name}' that is not allowed.");
            }
        }
    }

    private static bool IsHeader(HeaderConfig header, Quotas quotas) =>
        HeaderNames.IsToken(header.Name) && header.Name.Length <= quotas.CustomHeaderName
        && header.Value.Length <= quotas.CustomHeaderValue && header.Value.All(static character => character is >= ' ' and <= '~' or '\t')
        && header.Value.AsSpan().Trim(" \t").Length == header.Value.Length;

    private static void CheckGroups(DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        faults.Require(settings.OriginGroups.Length <= context.Quotas.OriginGroupsPerDistribution, ApiErrors.TooManyOriginGroups, ApiErrors.TooManyOriginGroups.Message);
        foreach (var group in settings.OriginGroups)
        {
            faults.Require(
                group.Members.Length == 2 && group.Members[0] != group.Members[1], ApiErrors.InvalidArgument,
                $"The origin group '{group.Id}' must have exactly two different members.");
            faults.Require(
                group.StatusCodes.Length > 0 && group.StatusCodes.All(FailoverStatuses.Contains), ApiErrors.InvalidArgument,
                $"The parameter StatusCodes of origin group '{group.Id}' must name at least one of {string.Join(", ", FailoverStatuses)}.");
            foreach (var member in group.Members.Where(member => settings.Origins.All(origin => origin.Id != member)))
            {
                faults.Add(settings.OriginGroups.Any(other => other.Id == member)
                    ? ApiErrors.InvalidArgument.Saying($"The origin group '{group.Id}' cannot have the origin group '{member}' as a member.")
                    : ApiErrors.NoSuchOrigin);
            }
        }
    }

    private static bool IsPort(int port) => port is 80 or 443 or (>= 1024 and <= 65535);

    /// <summary>Labels of letters, digits, hyphens and underscores (the latter occur in host names of clouds).</summary>
    [GeneratedRegex(@"^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostForm { get; }
}
