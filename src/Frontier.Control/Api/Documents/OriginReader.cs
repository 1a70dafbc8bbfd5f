// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Api.Documents;

/// <summary>Reads one origin (<c>api.md</c> §9).</summary>
internal static class OriginReader
{
    public static Origin Read(ElementReader origin) => new()
    {
        Id = origin.RequiredText("Id"),
        DomainName = origin.RequiredText("DomainName").Trim().ToLowerInvariant(),
        Path = origin.Text("OriginPath") ?? "",
        CustomHeaders = origin.List("CustomHeaders", "OriginCustomHeader", static header => new HeaderConfig(header.RequiredText("HeaderName"), header.RequiredText("HeaderValue"))),
        S3 = origin.Child("S3OriginConfig") is { } s3
            ? new S3OriginSettings(s3.RequiredText("OriginAccessIdentity"), s3.Int("OriginReadTimeout", CustomOriginSettings.DefaultReadTimeout))
            : null,
        Custom = origin.Child("CustomOriginConfig") is { } custom ? ReadCustom(custom) : null,
        Vpc = origin.Child("VpcOriginConfig") is { } vpc
            ? new VpcOriginSettings(
                vpc.RequiredText("VpcOriginId"),
                vpc.NonEmptyText("OwnerAccountId"),
                vpc.Int("OriginReadTimeout", CustomOriginSettings.DefaultReadTimeout),
                vpc.Int("OriginKeepaliveTimeout", CustomOriginSettings.DefaultKeepaliveTimeout))
            : null,
        ConnectionAttempts = origin.Int("ConnectionAttempts", 3),
        ConnectionTimeout = origin.Int("ConnectionTimeout", 10),
        ResponseCompletionTimeout = origin.OptionalInt("ResponseCompletionTimeout"),
        ShieldEnabled = origin.Child("OriginShield")?.RequiredFlag("Enabled") ?? false,
        ShieldRegion = origin.Child("OriginShield")?.NonEmptyText("OriginShieldRegion"),
        OriginAccessControlId = origin.Text("OriginAccessControlId")?.Trim() ?? "",
    };

    private static CustomOriginSettings ReadCustom(ElementReader custom) => new(
        custom.RequiredInt("HTTPPort"),
        custom.RequiredInt("HTTPSPort"),
        custom.RequiredWord("OriginProtocolPolicy", Vocabulary.OriginProtocolPolicy),
        custom.Child("OriginSslProtocols")?.Words("SslProtocol", Vocabulary.SslProtocol) ?? CustomOriginSettings.DefaultSslProtocols,
        custom.Int("OriginReadTimeout", CustomOriginSettings.DefaultReadTimeout),
        custom.Int("OriginKeepaliveTimeout", CustomOriginSettings.DefaultKeepaliveTimeout),
        custom.Word("IpAddressType", Vocabulary.IpAddressType, "ipv4"),
        custom.Child("OriginMtlsConfig")?.RequiredText("ClientCertificateArn"));
}
