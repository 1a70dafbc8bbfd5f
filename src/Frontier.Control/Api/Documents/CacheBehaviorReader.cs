// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Api.Documents;

/// <summary>Reads one cache behavior or the default one (<c>api.md</c> §9).</summary>
internal static class CacheBehaviorReader
{
    public static CacheBehavior Read(ElementReader behavior, bool isDefault)
    {
        var methods = behavior.Child("AllowedMethods");
        var forwarded = behavior.Child("ForwardedValues") is { } values ? ReadForwarded(values) : null;
        var (minTtl, defaultTtl, maxTtl) = (behavior.Number("MinTTL"), behavior.Number("DefaultTTL"), behavior.Number("MaxTTL"));
        if (forwarded is not null)
        {
            // Only the legacy settings have times of their own to default (§9); with a cache policy they must stay absent.
            minTtl ??= 0;
            defaultTtl ??= CachePolicySettings.UsualDefaultTtl(minTtl.Value);
            maxTtl ??= CachePolicySettings.UsualMaxTtl(defaultTtl.Value);
        }

        return new CacheBehavior
        {
            PathPattern = isDefault ? null : behavior.RequiredText("PathPattern"),
            TargetOriginId = behavior.RequiredText("TargetOriginId"),
            TrustedSigners = behavior.Child("TrustedSigners") is { } signers ? ReadSigners(signers, "AwsAccountNumber") : SignerList.Off,
            TrustedKeyGroups = behavior.Child("TrustedKeyGroups") is { } groups ? ReadSigners(groups, "KeyGroup") : SignerList.Off,
            ViewerProtocolPolicy = behavior.RequiredWord("ViewerProtocolPolicy", Vocabulary.ViewerProtocolPolicy),
            AllowedMethods = methods?.Words("Method", Vocabulary.Method) ?? CacheBehavior.DefaultMethods,
            CachedMethods = methods?.Child("CachedMethods")?.Words("Method", Vocabulary.Method) ?? CacheBehavior.DefaultMethods,
            SmoothStreaming = behavior.Flag("SmoothStreaming"),
            Compress = behavior.Flag("Compress"),
            LambdaFunctions = behavior.List("LambdaFunctionAssociations", "LambdaFunctionAssociation", static item => new LambdaAssociation(
                item.RequiredText("LambdaFunctionARN"), item.RequiredWord("EventType", Vocabulary.LambdaEvent), item.Flag("IncludeBody"))),
            Functions = behavior.List("FunctionAssociations", "FunctionAssociation", static item => new FunctionAssociation(
                item.RequiredText("FunctionARN"), item.RequiredWord("EventType", Vocabulary.FunctionEvent))),
            FieldLevelEncryptionId = behavior.Text("FieldLevelEncryptionId") ?? "",
            RealtimeLogConfigArn = behavior.NonEmptyText("RealtimeLogConfigArn"),
            CachePolicyId = behavior.NonEmptyText("CachePolicyId"),
            OriginRequestPolicyId = behavior.NonEmptyText("OriginRequestPolicyId"),
            ResponseHeadersPolicyId = behavior.NonEmptyText("ResponseHeadersPolicyId"),
            GrpcEnabled = behavior.Child("GrpcConfig")?.RequiredFlag("Enabled") ?? false,
            ForwardedValues = forwarded,
            MinTtl = minTtl,
            DefaultTtl = defaultTtl,
            MaxTtl = maxTtl,
        };
    }

    private static SignerList ReadSigners(ElementReader list, string item) => new(list.RequiredFlag("Enabled"), list.Items(item, static reader => reader.Value.Trim()));

    private static ForwardedValues ReadForwarded(ElementReader values)
    {
        var cookies = values.RequiredChild("Cookies");
        return new ForwardedValues(
            values.RequiredFlag("QueryString"),
            cookies.RequiredWord("Forward", Vocabulary.CookieForward),
            cookies.Child("WhitelistedNames")?.Items("Name", static name => name.Value),
            values.Texts("Headers", "Name"),
            values.Texts("QueryStringCacheKeys", "Name"));
    }
}
