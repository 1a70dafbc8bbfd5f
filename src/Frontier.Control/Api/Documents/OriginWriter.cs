// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>Writes one origin in the order of <c>api.md</c> §9.</summary>
internal static class OriginWriter
{
    public static XElement Write(Origin origin) => Element(
        "Origin",
        Element("Id", origin.Id),
        Element("DomainName", origin.DomainName),
        Element("OriginPath", origin.Path),
        List("CustomHeaders", origin.CustomHeaders, static header => Element("OriginCustomHeader", Element("HeaderName", header.Name), Element("HeaderValue", header.Value))),
        origin.S3 is { } s3 ? Element("S3OriginConfig", Element("OriginAccessIdentity", s3.OriginAccessIdentity), Element("OriginReadTimeout", s3.ReadTimeout)) : null,
        origin.Custom is { } custom ? WriteCustom(custom) : null,
        origin.Vpc is { } vpc ? WriteVpc(vpc) : null,
        Element("ConnectionAttempts", origin.ConnectionAttempts),
        Element("ConnectionTimeout", origin.ConnectionTimeout),
        Optional("ResponseCompletionTimeout", origin.ResponseCompletionTimeout),
        Element("OriginShield", Flag("Enabled", origin.ShieldEnabled), Optional("OriginShieldRegion", origin.ShieldRegion)),
        Element("OriginAccessControlId", origin.OriginAccessControlId));

    private static XElement WriteCustom(CustomOriginSettings custom) => Element(
        "CustomOriginConfig",
        Element("HTTPPort", custom.HttpPort),
        Element("HTTPSPort", custom.HttpsPort),
        Element("OriginProtocolPolicy", custom.ProtocolPolicy),
        List("OriginSslProtocols", custom.SslProtocols, "SslProtocol"),
        Element("OriginReadTimeout", custom.ReadTimeout),
        Element("OriginKeepaliveTimeout", custom.KeepaliveTimeout),
        Element("IpAddressType", custom.IpAddressType),
        custom.MtlsCertificateArn is { } arn ? Element("OriginMtlsConfig", Element("ClientCertificateArn", arn)) : null);

    private static XElement WriteVpc(VpcOriginSettings vpc) => Element(
        "VpcOriginConfig",
        Element("VpcOriginId", vpc.VpcOriginId),
        Optional("OwnerAccountId", vpc.OwnerAccountId),
        Element("OriginReadTimeout", vpc.ReadTimeout),
        Element("OriginKeepaliveTimeout", vpc.KeepaliveTimeout));
}
