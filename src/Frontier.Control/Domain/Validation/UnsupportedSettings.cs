// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>
/// Settings of CloudFront that no edge honours yet. A configuration that uses one is refused by name, never accepted and
/// ignored: whoever relies on it must learn so before traffic does.
/// </summary>
public static class UnsupportedSettings
{
    private static readonly ImmutableArray<(UnsupportedSetting Setting, Func<DistributionSettings, ValidationContext, bool> IsUsed)> Table =
    [
        Whole("OriginGroups.OriginGroup.SelectionCriteria", "edges do not measure the quality of media; use default", s => s.OriginGroups.Any(g => g.SelectionCriteria != "default")),
        OfOrigin("VpcOriginConfig", "there are no VPCs; use CustomOriginConfig with a host the edges can reach", o => o.Vpc is not null),
        OfBehavior("SmoothStreaming", "edges do not speak Smooth Streaming; use HLS or DASH", b => b.SmoothStreaming),
        OfBehavior("LambdaFunctionAssociations", "edges run no functions", b => b.LambdaFunctions.Length > 0),
        OfBehavior("FunctionAssociations", "edges run no functions", b => b.Functions.Length > 0),
        OfBehavior("RealtimeLogConfigArn", "real-time logs are not built; standard access logs are", b => b.RealtimeLogConfigArn is not null),
        Whole("Logging.Enabled", "access logs are written by each edge to its own disk, not to a bucket; IncludeCookies alone is honoured", s => s.Logging.Enabled),
        Whole("ViewerCertificate.SSLSupportMethod", "there are no addresses to give out for one distribution alone; use sni-only", s => s.ViewerCertificate is { CloudFrontDefault: false, SslSupportMethod: not "sni-only" }),
        Add("Restrictions.GeoRestriction", "the edges have no database of places; start them with --geo-database", (s, context) => s.GeoRestriction.Type != "none" && !context.EdgesKnowPlaces),
        Whole("WebACLId", "web ACLs are not built", s => s.WebAclId.Length > 0),
        Whole("HttpVersion", "http3 alone would leave viewers without HTTP/2; use http2 or http2and3", s => s.HttpVersion == "http3"),
        Whole("AnycastIpListId", "there are no anycast addresses to give out", s => s.AnycastIpListId.Length > 0),
        Whole("TenantConfig", "multi-tenant distributions are not built", s => s.TenantParameters is not null),
        Whole("ConnectionMode", "multi-tenant distributions are not built; use direct", s => s.ConnectionMode != "direct"),
        Whole("ConnectionFunctionAssociation", "edges run no functions", s => s.ConnectionFunctionId is not null),
    ];

    /// <summary>Every setting that is refused, for the page that says what differs from CloudFront.</summary>
    public static ImmutableArray<UnsupportedSetting> All { get; } = [.. Table.Select(entry => entry.Setting)];

    /// <summary>What a request is told that would use the setting by another way than a configuration.</summary>
    internal static ApiError Refusal(string elementPath) => Refusal(All.Single(setting => setting.ElementPath == elementPath));

    internal static void Check(DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        foreach (var (setting, isUsed) in Table)
        {
            // UnsupportedOperation is not among the errors of CreateDistribution (api.md §8.2); clients know InvalidArgument.
            if (isUsed(settings, context))
            {
                faults.Add(Refusal(setting));
            }
        }
    }

    private static ApiError Refusal(UnsupportedSetting setting) =>
        ApiErrors.InvalidArgument.Saying($"{setting.ElementPath} is not supported by this version of Frontier: {setting.Reason}.");

    private static (UnsupportedSetting, Func<DistributionSettings, ValidationContext, bool>) Add(string path, string reason, Func<DistributionSettings, ValidationContext, bool> isUsed) =>
        (new UnsupportedSetting("DistributionConfig." + path, reason), isUsed);

    private static (UnsupportedSetting, Func<DistributionSettings, ValidationContext, bool>) Whole(string path, string reason, Func<DistributionSettings, bool> isUsed) =>
        Add(path, reason, (settings, _) => isUsed(settings));

    private static (UnsupportedSetting, Func<DistributionSettings, ValidationContext, bool>) OfOrigin(string path, string reason, Func<Origin, bool> isUsed) =>
        Add("Origins.Origin." + path, reason, (settings, _) => settings.Origins.Any(isUsed));

    private static (UnsupportedSetting, Func<DistributionSettings, ValidationContext, bool>) OfBehavior(string path, string reason, Func<CacheBehavior, bool> isUsed) =>
        Add("CacheBehavior." + path, reason, (settings, _) => settings.AllBehaviors.Any(isUsed));
}
