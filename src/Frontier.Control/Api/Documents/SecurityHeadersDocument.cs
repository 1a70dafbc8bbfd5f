// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>SecurityHeadersConfig, a section of ResponseHeadersPolicyConfig (<c>api.md</c> §9.1).</summary>
internal static class SecurityHeadersDocument
{
    public static SecurityHeaders Read(ElementReader section) => new()
    {
        XssProtection = section.Child("XSSProtection") is { } xss
            ? new XssProtection(xss.RequiredFlag("Override"), xss.RequiredFlag("Protection"), xss.Flag("ModeBlock"), xss.NonEmptyText("ReportUri"))
            : null,
        FrameOptions = section.Child("FrameOptions") is { } frame
            ? new SecurityValue(frame.RequiredWord("FrameOption", Vocabulary.FrameOption), frame.RequiredFlag("Override"))
            : null,
        ReferrerPolicy = section.Child("ReferrerPolicy") is { } referrer
            ? new SecurityValue(referrer.RequiredWord("ReferrerPolicy", Vocabulary.ReferrerPolicy), referrer.RequiredFlag("Override"))
            : null,
        ContentSecurityPolicy = section.Child("ContentSecurityPolicy") is { } content
            ? new SecurityValue(content.RequiredText("ContentSecurityPolicy"), content.RequiredFlag("Override"))
            : null,
        ContentTypeOptionsOverride = section.Child("ContentTypeOptions")?.RequiredFlag("Override"),
        StrictTransportSecurity = section.Child("StrictTransportSecurity") is { } transport
            ? new StrictTransport(
                transport.RequiredFlag("Override"), transport.RequiredInt("AccessControlMaxAgeSec"), transport.Flag("IncludeSubdomains"), transport.Flag("Preload"))
            : null,
    };

    public static XElement Write(SecurityHeaders security) => Element(
        "SecurityHeadersConfig",
        security.XssProtection is { } xss
            ? Element("XSSProtection", Flag("Override", xss.Override), Flag("Protection", xss.Protection), Flag("ModeBlock", xss.ModeBlock), Optional("ReportUri", xss.ReportUri))
            : null,
        security.FrameOptions is { } frame ? Element("FrameOptions", Flag("Override", frame.Override), Element("FrameOption", frame.Value)) : null,
        security.ReferrerPolicy is { } referrer ? Element("ReferrerPolicy", Flag("Override", referrer.Override), Element("ReferrerPolicy", referrer.Value)) : null,
        security.ContentSecurityPolicy is { } content
            ? Element("ContentSecurityPolicy", Flag("Override", content.Override), Element("ContentSecurityPolicy", content.Value))
            : null,
        security.ContentTypeOptionsOverride is { } overrides ? Element("ContentTypeOptions", Flag("Override", overrides)) : null,
        security.StrictTransportSecurity is { } transport
            ? Element(
                "StrictTransportSecurity",
                Flag("Override", transport.Override),
                Flag("IncludeSubdomains", transport.IncludeSubdomains),
                Flag("Preload", transport.Preload),
                Element("AccessControlMaxAgeSec", transport.MaxAgeSeconds))
            : null);
}
