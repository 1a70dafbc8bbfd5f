// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.OriginAccess;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>CloudFrontOriginAccessIdentityConfig and what is built around it (<c>api.md</c> §9.1).</summary>
internal static class OriginAccessIdentityDocument
{
    public const string RootName = "CloudFrontOriginAccessIdentityConfig";

    public static OriginAccessIdentitySettings Read(ElementReader root) => new(root.RequiredText("CallerReference"), root.RequiredText("Comment"));

    public static XElement WriteConfig(OriginAccessIdentitySettings settings) => Element(
        RootName, Element("CallerReference", settings.CallerReference), Element("Comment", settings.Comment));

    public static XElement Write(OriginAccessIdentity identity) => Element(
        "CloudFrontOriginAccessIdentity",
        Element("Id", identity.Id),
        Element("S3CanonicalUserId", identity.CanonicalUserId),
        WriteConfig(identity.Settings));

    public static XElement WriteSummary(OriginAccessIdentity identity) => Element(
        "CloudFrontOriginAccessIdentitySummary",
        Element("Id", identity.Id),
        Element("S3CanonicalUserId", identity.CanonicalUserId),
        Element("Comment", identity.Settings.Comment));
}
