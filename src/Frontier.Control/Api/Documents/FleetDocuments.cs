// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Frontier.Contracts.Fleet;
using Frontier.Control.Domain.Fleet;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>Points of presence, machines and tokens as they are stored; no API shows these forms but the audit log.</summary>
internal static class FleetDocuments
{
    private static readonly ImmutableArray<string> Roles = [.. Enum.GetNames<NodeRole>()];
    private static readonly ImmutableArray<string> Zones = [.. Enum.GetNames<PriceClassZone>()];

    public static PopSettings ReadPop(ElementReader root) => new(
        (double)root.RequiredFraction("Latitude"),
        (double)root.RequiredFraction("Longitude"),
        Enum.Parse<PriceClassZone>(root.RequiredWord("Zone", Zones)),
        root.RequiredText("Region"),
        root.Flag("IsDrained"));

    public static XElement Write(PopSettings settings) => Element(
        "Pop",
        Element("Latitude", settings.Latitude.ToString(CultureInfo.InvariantCulture)),
        Element("Longitude", settings.Longitude.ToString(CultureInfo.InvariantCulture)),
        Element("Zone", settings.Zone),
        Element("Region", settings.Region),
        Flag("IsDrained", settings.IsDrained));

    public static NodeSettings ReadNode(ElementReader root) => new(
        root.RequiredText("Pop"),
        new NodeFacts
        {
            Role = ReadRole(root),
            ProgramVersion = root.RequiredText("ProgramVersion"),
            Addresses = root.Texts("Addresses", "Address"),
            HttpPort = root.RequiredInt("HttpPort"),
            HttpsPort = root.RequiredInt("HttpsPort"),
            Tier = root.Text("Tier"),
            Weight = root.RequiredInt("Weight"),
        },
        root.Flag("IsDrained"),
        ReadTime(root, "JoinedAt"));

    public static XElement Write(NodeSettings settings) => Element(
        "Node",
        Element("Role", settings.Facts.Role),
        Element("Pop", settings.Pop),
        Flag("IsDrained", settings.IsDrained),
        Time("JoinedAt", settings.JoinedAt),
        Element("ProgramVersion", settings.Facts.ProgramVersion),
        List("Addresses", settings.Facts.Addresses, "Address"),
        Element("HttpPort", settings.Facts.HttpPort),
        Element("HttpsPort", settings.Facts.HttpsPort),
        Optional("Tier", settings.Facts.Tier),
        Element("Weight", settings.Facts.Weight));

    public static JoinTokenSettings ReadJoinToken(ElementReader root) =>
        new(ReadRole(root), root.RequiredText("Pop"), ReadTime(root, "ExpiresAt"), root.RequiredInt("UsesLeft"));

    public static XElement Write(JoinTokenSettings settings) => Element(
        "JoinToken",
        Element("Role", settings.Role),
        Element("Pop", settings.Pop),
        Time("ExpiresAt", settings.ExpiresAt),
        Element("UsesLeft", settings.UsesLeft));

    private static NodeRole ReadRole(ElementReader root) => Enum.Parse<NodeRole>(root.RequiredWord("Role", Roles));

    private static DateTimeOffset ReadTime(ElementReader root, string name) => DateTimeOffset.Parse(root.RequiredText(name), CultureInfo.InvariantCulture);
}
