// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.Resources;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>PublicKeyConfig and what is built around it (<c>api.md</c> §9.1).</summary>
internal static class PublicKeyDocument
{
    public static PublicKeySettings Read(ElementReader root) => new(
        root.RequiredText("CallerReference"), root.RequiredText("Name"), root.RequiredText("EncodedKey"), root.Text("Comment") ?? "");

    public static XElement WriteConfig(PublicKeySettings settings) => Element(
        "PublicKeyConfig",
        Element("CallerReference", settings.CallerReference),
        Element("Name", settings.Name),
        Element("EncodedKey", settings.EncodedKey),
        Element("Comment", settings.Comment));

    public static XElement Write(Resource<PublicKeySettings> key) => Element(
        "PublicKey", Element("Id", key.Id), Time("CreatedTime", key.Time), WriteConfig(key.Settings));

    public static XElement WriteSummary(Resource<PublicKeySettings> key) => Element(
        "PublicKeySummary",
        Element("Id", key.Id),
        Element("Name", key.Settings.Name),
        Time("CreatedTime", key.Time),
        Element("EncodedKey", key.Settings.EncodedKey),
        Element("Comment", key.Settings.Comment));
}
