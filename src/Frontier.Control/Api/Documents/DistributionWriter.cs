// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>
/// Writes DistributionConfig in the order of <c>api.md</c> §9, defaults included. The same text is the stored form, so what is
/// written must read back as the same settings.
/// </summary>
internal static class DistributionWriter
{
    public const string RootName = "DistributionConfig";

    public static XElement Write(DistributionSettings settings) => Element(
        RootName,
        Element("CallerReference", settings.CallerReference),
        Aliases(settings),
        Element("DefaultRootObject", settings.DefaultRootObject),
        Origins(settings),
        OriginGroups(settings),
        CacheBehaviorWriter.Write("DefaultCacheBehavior", settings.DefaultCacheBehavior),
        CacheBehaviors(settings),
        CustomErrorResponses(settings),
        Element("Comment", settings.Comment),
        Element(
            "Logging",
            Flag("Enabled", settings.Logging.Enabled),
            Flag("IncludeCookies", settings.Logging.IncludeCookies),
            Element("Bucket", settings.Logging.Bucket),
            Element("Prefix", settings.Logging.Prefix)),
        Element("PriceClass", settings.PriceClass),
        Flag("Enabled", settings.Enabled),
        Certificate(settings),
        Restrictions(settings),
        Element("WebACLId", settings.WebAclId),
        Element("HttpVersion", settings.HttpVersion),
        Flag("IsIPV6Enabled", settings.IsIpv6Enabled),
        Element("ContinuousDeploymentPolicyId", settings.ContinuousDeploymentPolicyId),
        Flag("Staging", settings.Staging),
        Element("AnycastIpListId", settings.AnycastIpListId),
        settings.TenantParameters is { } parameters ? Element("TenantConfig", Element("ParameterDefinitions", parameters.Select(WriteParameter))) : null,
        Element("ConnectionMode", settings.ConnectionMode),
        Mtls(settings),
        ConnectionFunction(settings),
        settings.CacheTagHeaderName is { } header ? Element("CacheTagConfig", Element("HeaderName", header)) : null);

    /// <summary>What a summary says of a distribution's configuration, in the order of §9.</summary>
    public static IEnumerable<XElement?> WriteSummary(DistributionSettings settings) =>
    [
        Aliases(settings),
        Origins(settings),
        OriginGroups(settings),
        CacheBehaviorWriter.Write("DefaultCacheBehavior", settings.DefaultCacheBehavior),
        CacheBehaviors(settings),
        CustomErrorResponses(settings),
        Element("Comment", settings.Comment),
        Element("PriceClass", settings.PriceClass),
        Flag("Enabled", settings.Enabled),
        Certificate(settings),
        Restrictions(settings),
        Element("WebACLId", settings.WebAclId),
        Element("HttpVersion", settings.HttpVersion),
        Flag("IsIPV6Enabled", settings.IsIpv6Enabled),
        Flag("Staging", settings.Staging),
        Element("ConnectionMode", settings.ConnectionMode),
        Element("AnycastIpListId", settings.AnycastIpListId),
        Mtls(settings),
        ConnectionFunction(settings),
    ];

    private static XElement Aliases(DistributionSettings settings) => List("Aliases", settings.Aliases, "CNAME");

    private static XElement Origins(DistributionSettings settings) => List("Origins", settings.Origins, OriginWriter.Write);

    private static XElement CacheBehaviors(DistributionSettings settings) =>
        List("CacheBehaviors", settings.CacheBehaviors, static behavior => CacheBehaviorWriter.Write("CacheBehavior", behavior));

    private static XElement OriginGroups(DistributionSettings settings) => List("OriginGroups", settings.OriginGroups, static group => Element(
        "OriginGroup",
        Element("Id", group.Id),
        Element("FailoverCriteria", List("StatusCodes", group.StatusCodes, "StatusCode")),
        List("Members", group.Members, static member => Element("OriginGroupMember", Element("OriginId", member))),
        Element("SelectionCriteria", group.SelectionCriteria)));

    private static XElement CustomErrorResponses(DistributionSettings settings) => List("CustomErrorResponses", settings.CustomErrorResponses, static response => Element(
        "CustomErrorResponse",
        Element("ErrorCode", response.ErrorCode),
        Element("ResponsePagePath", response.ResponsePagePath),
        Element("ResponseCode", response.ResponseCode),
        Element("ErrorCachingMinTTL", response.MinTtlSeconds)));

    private static XElement Certificate(DistributionSettings settings)
    {
        var certificate = settings.ViewerCertificate;
        return Element(
            "ViewerCertificate",
            Flag("CloudFrontDefaultCertificate", certificate.CloudFrontDefault),
            Optional("IAMCertificateId", certificate.IamCertificateId),
            Optional("ACMCertificateArn", certificate.AcmCertificateArn),
            Optional("SSLSupportMethod", certificate.SslSupportMethod),
            Element("MinimumProtocolVersion", certificate.MinimumProtocolVersion),
            Optional("Certificate", certificate.AcmCertificateArn ?? certificate.IamCertificateId),
            Element("CertificateSource", certificate.AcmCertificateArn is not null ? "acm" : certificate.IamCertificateId is not null ? "iam" : "cloudfront"));
    }

    private static XElement Restrictions(DistributionSettings settings) => Element(
        "Restrictions",
        Element(
            "GeoRestriction",
            Element("RestrictionType", settings.GeoRestriction.Type),
            Items(settings.GeoRestriction.Locations, static location => Element("Location", location))));

    private static XElement WriteParameter(TenantParameter parameter) => Element(
        "member",
        Element("Name", parameter.Name),
        Element(
            "Definition",
            Element(
                "StringSchema",
                Element("Comment", parameter.Comment),
                Optional("DefaultValue", parameter.DefaultValue),
                Flag("Required", parameter.Required))));

    private static XElement? Mtls(DistributionSettings settings) => settings.ViewerMtls is not { } mtls ? null : Element(
        "ViewerMtlsConfig",
        Element("Mode", mtls.Mode),
        mtls.TrustStoreId is null ? null : Element(
            "TrustStoreConfig",
            Element("TrustStoreId", mtls.TrustStoreId),
            Flag("AdvertiseTrustStoreCaNames", mtls.AdvertiseTrustStoreCaNames),
            Flag("IgnoreCertificateExpiry", mtls.IgnoreCertificateExpiry)));

    private static XElement? ConnectionFunction(DistributionSettings settings) =>
        settings.ConnectionFunctionId is { } id ? Element("ConnectionFunctionAssociation", Element("Id", id)) : null;
}
