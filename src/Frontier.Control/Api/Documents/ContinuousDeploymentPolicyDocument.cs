// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Deployment;
using Frontier.Control.Domain.Distributions;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>ContinuousDeploymentPolicyConfig and what is built around it (<c>api.md</c> §9.1).</summary>
internal static class ContinuousDeploymentPolicyDocument
{
    public const string RootName = "ContinuousDeploymentPolicyConfig";

    private const string StoredName = "StoredContinuousDeploymentPolicy";
    private const string EpochName = "SessionEpoch";

    public static ContinuousDeploymentSettings Read(ElementReader root) => new(
        root.RequiredList("StagingDistributionDnsNames", "DnsName", static name => name.Value.Trim().ToLowerInvariant()),
        root.RequiredFlag("Enabled"),
        root.Child("TrafficConfig") is { } traffic ? ReadTraffic(traffic) : null);

    public static XElement WriteConfig(ContinuousDeploymentSettings settings) => Element(
        RootName,
        List("StagingDistributionDnsNames", settings.StagingDomainNames, "DnsName"),
        Flag("Enabled", settings.Enabled),
        settings.Traffic is { } traffic ? WriteTraffic(traffic) : null);

    public static XElement Write(ContinuousDeploymentPolicy policy) => Element(
        "ContinuousDeploymentPolicy", Element("Id", policy.Id), Time("LastModifiedTime", policy.ModifiedAt), WriteConfig(policy.Settings));

    public static XElement WriteSummary(ContinuousDeploymentPolicy policy) => Element("ContinuousDeploymentPolicySummary", Write(policy));

    /// <summary>The stored form: beside the configuration, what the API does not show.</summary>
    public static XElement WriteStored(string sessionEpoch, ContinuousDeploymentSettings settings) => Element(StoredName, Element(EpochName, sessionEpoch), WriteConfig(settings));

    public static StoredContinuousDeployment ReadStored(ElementReader root) => new(root.RequiredText(EpochName), Read(root.RequiredChild(RootName)));

    private static TrafficSettings ReadTraffic(ElementReader traffic) => new(
        traffic.RequiredWord("Type", Vocabulary.TrafficType),
        traffic.Child("SingleWeightConfig") is { } weight ? ReadWeight(weight) : null,
        traffic.Child("SingleHeaderConfig") is { } header ? new HeaderSettings(header.RequiredText("Header").Trim().ToLowerInvariant(), header.RequiredText("Value")) : null);

    private static WeightSettings ReadWeight(ElementReader weight) => new(
        weight.RequiredFraction("Weight"),
        weight.Child("SessionStickinessConfig") is { } sticky ? new StickinessSettings(sticky.RequiredInt("IdleTTL"), sticky.RequiredInt("MaximumTTL")) : null);

    private static XElement WriteTraffic(TrafficSettings traffic) => Element(
        "TrafficConfig",
        traffic.Weight is { } weight ? Element(
            "SingleWeightConfig",
            Element("Weight", weight.Weight),
            weight.Stickiness is { } sticky ? Element("SessionStickinessConfig", Element("IdleTTL", sticky.IdleTtl), Element("MaximumTTL", sticky.MaximumTtl)) : null) : null,
        traffic.Header is { } header ? Element("SingleHeaderConfig", Element("Header", header.Name), Element("Value", header.Value)) : null,
        Element("Type", traffic.Type));
}

/// <summary>What is stored of a continuous deployment policy.</summary>
internal sealed record StoredContinuousDeployment(string SessionEpoch, ContinuousDeploymentSettings Settings);
