// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.Resources;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>KeyGroupConfig and what is built around it (<c>api.md</c> §9.1). Its list has no Quantity (API-1.11).</summary>
internal static class KeyGroupDocument
{
    public static KeyGroupSettings Read(ElementReader root) => new(
        root.RequiredText("Name"), root.BareItems("PublicKey", static key => key.Value.Trim()), root.Text("Comment") ?? "");

    public static XElement WriteConfig(KeyGroupSettings settings) => Element(
        "KeyGroupConfig",
        Element("Name", settings.Name),
        Element("Items", settings.PublicKeys.Select(static id => Element("PublicKey", id))),
        Element("Comment", settings.Comment));

    public static XElement Write(Resource<KeyGroupSettings> group) => Element(
        "KeyGroup", Element("Id", group.Id), Time("LastModifiedTime", group.Time), WriteConfig(group.Settings));

    public static XElement WriteSummary(Resource<KeyGroupSettings> group) => Element("KeyGroupSummary", Write(group));
}
