// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>Writes one cache behavior in the order of <c>api.md</c> §9.</summary>
internal static class CacheBehaviorWriter
{
    public static XElement Write(string name, CacheBehavior behavior) => Element(
        name,
        Optional("PathPattern", behavior.PathPattern),
        Element("TargetOriginId", behavior.TargetOriginId),
        WriteSigners("TrustedSigners", behavior.TrustedSigners, "AwsAccountNumber"),
        WriteSigners("TrustedKeyGroups", behavior.TrustedKeyGroups, "KeyGroup"),
        Element("ViewerProtocolPolicy", behavior.ViewerProtocolPolicy),
        Element(
            "AllowedMethods",
            Items(behavior.AllowedMethods, static method => Element("Method", method)),
            List("CachedMethods", behavior.CachedMethods, "Method")),
        Flag("SmoothStreaming", behavior.SmoothStreaming),
        Flag("Compress", behavior.Compress),
        List("LambdaFunctionAssociations", behavior.LambdaFunctions, static item => Element(
            "LambdaFunctionAssociation", Element("LambdaFunctionARN", item.Arn), Element("EventType", item.EventType), Flag("IncludeBody", item.IncludeBody))),
        List("FunctionAssociations", behavior.Functions, static item => Element(
            "FunctionAssociation", Element("FunctionARN", item.Arn), Element("EventType", item.EventType))),
        Element("FieldLevelEncryptionId", behavior.FieldLevelEncryptionId),
        Optional("RealtimeLogConfigArn", behavior.RealtimeLogConfigArn),
        Optional("CachePolicyId", behavior.CachePolicyId),
        Optional("OriginRequestPolicyId", behavior.OriginRequestPolicyId),
        Optional("ResponseHeadersPolicyId", behavior.ResponseHeadersPolicyId),
        Element("GrpcConfig", Flag("Enabled", behavior.GrpcEnabled)),
        behavior.ForwardedValues is { } values ? WriteForwarded(values) : null,
        Optional("MinTTL", behavior.MinTtl),
        Optional("DefaultTTL", behavior.DefaultTtl),
        Optional("MaxTTL", behavior.MaxTtl));

    private static XElement WriteSigners(string name, SignerList signers, string item) =>
        Element(name, Flag("Enabled", signers.Enabled), Items(signers.Items, value => Element(item, value)));

    private static XElement WriteForwarded(ForwardedValues values) => Element(
        "ForwardedValues",
        Flag("QueryString", values.QueryString),
        Element(
            "Cookies",
            Element("Forward", values.CookieForward),
            values.CookieNames is { } names ? List("WhitelistedNames", names, "Name") : null),
        List("Headers", values.Headers, "Name"),
        List("QueryStringCacheKeys", values.QueryStringCacheKeys, "Name"));
}
