// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>ResponseHeadersPolicyConfig (<c>api.md</c> §9.1).</summary>
internal static class ResponseHeadersPolicyDocument
{
    public static ResponseHeadersPolicySettings Read(ElementReader root) => new()
    {
        Name = root.RequiredText("Name"),
        Comment = root.Text("Comment") ?? "",
        Cors = root.Child("CorsConfig") is { } cors ? ReadCors(cors) : null,
        Security = root.Child("SecurityHeadersConfig") is { } security ? SecurityHeadersDocument.Read(security) : null,
        ServerTiming = root.Child("ServerTimingHeadersConfig") is { } timing ? new ServerTiming(timing.RequiredFlag("Enabled"), timing.Fraction("SamplingRate")) : null,
        CustomHeaders = root.List("CustomHeadersConfig", "ResponseHeadersPolicyCustomHeader", static header => new AddedHeaderConfig(
            header.RequiredText("Header").Trim(), header.RequiredText("Value"), header.RequiredFlag("Override"))),
        RemovedHeaders = root.List("RemoveHeadersConfig", "ResponseHeadersPolicyRemoveHeader", static header => header.RequiredText("Header").Trim()),
    };

    public static XElement Write(ResponseHeadersPolicySettings policy) => Element(
        "ResponseHeadersPolicyConfig",
        Element("Comment", policy.Comment),
        Element("Name", policy.Name),
        policy.Cors is { } cors ? WriteCors(cors) : null,
        policy.Security is { } security ? SecurityHeadersDocument.Write(security) : null,
        policy.ServerTiming is { } timing ? Element("ServerTimingHeadersConfig", Flag("Enabled", timing.Enabled), Optional("SamplingRate", timing.SamplingRate)) : null,
        policy.CustomHeaders.IsEmpty ? null : List("CustomHeadersConfig", policy.CustomHeaders, static header => Element(
            "ResponseHeadersPolicyCustomHeader", Element("Header", header.Name), Element("Value", header.Value), Flag("Override", header.Override))),
        policy.RemovedHeaders.IsEmpty ? null : List("RemoveHeadersConfig", policy.RemovedHeaders, static name => Element("ResponseHeadersPolicyRemoveHeader", Element("Header", name))));

    private static CorsConfig ReadCors(ElementReader cors) => new()
    {
        AllowOrigins = cors.RequiredList("AccessControlAllowOrigins", "Origin", static origin => origin.Value.Trim()),
        AllowHeaders = cors.RequiredList("AccessControlAllowHeaders", "Header", static header => header.Value.Trim()),
        AllowMethods = cors.RequiredChild("AccessControlAllowMethods").Words("Method", Vocabulary.CorsMethod),
        AllowCredentials = cors.RequiredFlag("AccessControlAllowCredentials"),
        ExposeHeaders = cors.List("AccessControlExposeHeaders", "Header", static header => header.Value.Trim()),
        MaxAgeSeconds = cors.OptionalInt("AccessControlMaxAgeSec"),
        OriginOverride = cors.RequiredFlag("OriginOverride"),
    };

    private static XElement WriteCors(CorsConfig cors) => Element(
        "CorsConfig",
        List("AccessControlAllowOrigins", cors.AllowOrigins, "Origin"),
        List("AccessControlAllowHeaders", cors.AllowHeaders, "Header"),
        List("AccessControlAllowMethods", cors.AllowMethods, "Method"),
        Flag("AccessControlAllowCredentials", cors.AllowCredentials),
        cors.ExposeHeaders.IsEmpty ? null : List("AccessControlExposeHeaders", cors.ExposeHeaders, "Header"),
        Optional("AccessControlMaxAgeSec", cors.MaxAgeSeconds),
        Flag("OriginOverride", cors.OriginOverride));
}
