// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Domain.Resources;
using Frontier.Protocols.SigV4;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>CloudFrontOriginAccessIdentityConfig and what is built around it (<c>api.md</c> §9.1).</summary>
internal static class OriginAccessIdentityDocument
{
    public static OriginAccessIdentitySettings Read(ElementReader root) => new(root.RequiredText("CallerReference"), root.RequiredText("Comment"));

    public static XElement WriteConfig(OriginAccessIdentitySettings settings) => Element(
        "CloudFrontOriginAccessIdentityConfig", Element("CallerReference", settings.CallerReference), Element("Comment", settings.Comment));

    public static XElement Write(Resource<OriginAccessIdentitySettings> identity) => Element(
        "CloudFrontOriginAccessIdentity",
        Element("Id", identity.Id),
        Element("S3CanonicalUserId", OriginAccessKeys.CanonicalUserOf(identity.Id)),
        WriteConfig(identity.Settings));

    public static XElement WriteSummary(Resource<OriginAccessIdentitySettings> identity) => Element(
        "CloudFrontOriginAccessIdentitySummary",
        Element("Id", identity.Id),
        Element("S3CanonicalUserId", OriginAccessKeys.CanonicalUserOf(identity.Id)),
        Element("Comment", identity.Settings.Comment));
}
