// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Domain.Resources;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>OriginAccessControlConfig and what is built around it (<c>api.md</c> §9.1).</summary>
internal static class OriginAccessControlDocument
{
    public static OriginAccessControlSettings Read(ElementReader root) => new(
        root.RequiredText("Name"),
        root.Text("Description") ?? "",
        root.RequiredWord("SigningProtocol", Vocabulary.SigningProtocol),
        root.RequiredWord("SigningBehavior", Vocabulary.SigningBehavior),
        root.RequiredWord("OriginAccessControlOriginType", Vocabulary.OriginAccessType));

    public static XElement WriteConfig(OriginAccessControlSettings settings) => Element("OriginAccessControlConfig", Members(settings));

    public static XElement Write(Resource<OriginAccessControlSettings> control) => Element(
        "OriginAccessControl",
        Element("Id", control.Id),
        WriteConfig(control.Settings));

    public static XElement WriteSummary(Resource<OriginAccessControlSettings> control) => Element("OriginAccessControlSummary", Element("Id", control.Id), Members(control.Settings));

    private static IEnumerable<XElement> Members(OriginAccessControlSettings settings) =>
    [
        Element("Name", settings.Name),
        Element("Description", settings.Description),
        Element("SigningProtocol", settings.SigningProtocol),
        Element("SigningBehavior", settings.SigningBehavior),
        Element("OriginAccessControlOriginType", settings.OriginType),
    ];
}
