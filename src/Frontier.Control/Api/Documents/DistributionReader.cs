// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Api.Documents;

/// <summary>Reads DistributionConfig (<c>api.md</c> §9) and fills in the defaults; what the values mean together is checked elsewhere.</summary>
internal static class DistributionReader
{
    public static DistributionSettings Read(ElementReader root) => new()
    {
        CallerReference = root.RequiredText("CallerReference"),
        Aliases = root.List("Aliases", "CNAME", static cname => cname.Value.Trim().ToLowerInvariant()),
        DefaultRootObject = root.Text("DefaultRootObject") ?? "",
        Origins = root.RequiredList("Origins", "Origin", OriginReader.Read),
        OriginGroups = root.List("OriginGroups", "OriginGroup", ReadGroup),
        DefaultCacheBehavior = CacheBehaviorReader.Read(root.RequiredChild("DefaultCacheBehavior"), isDefault: true),
        CacheBehaviors = root.List("CacheBehaviors", "CacheBehavior", static behavior => CacheBehaviorReader.Read(behavior, isDefault: false)),
        CustomErrorResponses = root.List("CustomErrorResponses", "CustomErrorResponse", ReadErrorResponse),
        Comment = root.RequiredText("Comment"),
        Logging = root.Child("Logging") is { } logging ? ReadLogging(logging) : LoggingSettings.Off,
        PriceClass = root.Word("PriceClass", Vocabulary.PriceClass, "PriceClass_All"),
        Enabled = root.RequiredFlag("Enabled"),
        ViewerCertificate = root.Child("ViewerCertificate") is { } certificate ? ReadCertificate(certificate) : ViewerCertificate.Default,
        GeoRestriction = root.Child("Restrictions") is { } restrictions ? ReadGeoRestriction(restrictions.RequiredChild("GeoRestriction")) : GeoRestriction.None,
        WebAclId = root.Text("WebACLId") ?? "",
        HttpVersion = root.Word("HttpVersion", Vocabulary.HttpVersion, "http2"),
        IsIpv6Enabled = root.Flag("IsIPV6Enabled"),
        ContinuousDeploymentPolicyId = root.Text("ContinuousDeploymentPolicyId") ?? "",
        Staging = root.Flag("Staging"),
        AnycastIpListId = root.Text("AnycastIpListId") ?? "",
        TenantParameters = root.Child("TenantConfig") is { } tenant ? ReadTenantParameters(tenant) : null,
        ConnectionMode = root.Word("ConnectionMode", Vocabulary.ConnectionMode, "direct"),
        ViewerMtls = root.Child("ViewerMtlsConfig") is { } mtls ? ReadMtls(mtls) : null,
        ConnectionFunctionId = root.Child("ConnectionFunctionAssociation")?.RequiredText("Id"),
        CacheTagHeaderName = root.Child("CacheTagConfig")?.RequiredText("HeaderName"),
    };

    private static OriginGroup ReadGroup(ElementReader group) => new(
        group.RequiredText("Id"),
        group.RequiredChild("FailoverCriteria").RequiredList("StatusCodes", "StatusCode", static code =>
            int.TryParse(code.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0),
        group.RequiredList("Members", "OriginGroupMember", static member => member.RequiredText("OriginId")),
        group.Word("SelectionCriteria", Vocabulary.SelectionCriteria, "default"));

    private static CustomErrorResponse ReadErrorResponse(ElementReader response) => new(
        response.RequiredInt("ErrorCode"),
        response.Text("ResponsePagePath") ?? "",
        response.Text("ResponseCode")?.Trim() ?? "",
        response.Number("ErrorCachingMinTTL") ?? CustomErrorResponse.DefaultMinTtlSeconds);

    private static LoggingSettings ReadLogging(ElementReader logging)
    {
        var enabled = logging.Flag("Enabled");
        return new LoggingSettings(
            enabled,
            logging.Flag("IncludeCookies"),
            enabled ? logging.Text("Bucket") ?? "" : "",
            enabled ? logging.Text("Prefix") ?? "" : "");
    }

    private static ViewerCertificate ReadCertificate(ElementReader certificate)
    {
        var isDefault = certificate.Flag("CloudFrontDefaultCertificate");
        var minimum = certificate.Word("MinimumProtocolVersion", Vocabulary.MinimumProtocolVersion, ViewerCertificate.DefaultMinimumProtocol);
        return new ViewerCertificate(
            isDefault,
            certificate.NonEmptyText("IAMCertificateId"),
            certificate.NonEmptyText("ACMCertificateArn"),
            certificate.OptionalWord("SSLSupportMethod", Vocabulary.SslSupportMethod),
            isDefault ? ViewerCertificate.DefaultMinimumProtocol : minimum);
    }

    private static GeoRestriction ReadGeoRestriction(ElementReader restriction) => new(
        restriction.RequiredWord("RestrictionType", Vocabulary.GeoRestrictionType),
        restriction.Items("Location", static location => location.Value.Trim()));

    private static ImmutableArray<TenantParameter> ReadTenantParameters(ElementReader tenant)
    {
        var definitions = tenant.Child("ParameterDefinitions");
        return definitions?.Members(static member =>
        {
            var schema = member.RequiredChild("Definition").RequiredChild("StringSchema");
            return new TenantParameter(member.RequiredText("Name"), schema.Text("Comment") ?? "", schema.Text("DefaultValue"), schema.RequiredFlag("Required"));
        }) ?? [];
    }

    private static ViewerMtls ReadMtls(ElementReader mtls)
    {
        var store = mtls.Child("TrustStoreConfig");
        return new ViewerMtls(
            mtls.Word("Mode", Vocabulary.ViewerMtlsMode, "required"),
            store?.RequiredText("TrustStoreId"),
            store?.Flag("AdvertiseTrustStoreCaNames") ?? false,
            store?.Flag("IgnoreCertificateExpiry") ?? false);
    }
}
