// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>What CreateHostedZone is given.</summary>
/// <param name="Unsupported">What of it this installation has not.</param>
internal sealed record NewHostedZone(string Name, string CallerReference, string Comment, string? Unsupported);

/// <summary>HostedZone and what is built around it.</summary>
internal static class HostedZoneDocument
{
    public const string PathPrefix = "/hostedzone/";

    public static NewHostedZone Read(ElementReader root)
    {
        var config = root.Child("HostedZoneConfig");
        return new NewHostedZone(
            root.RequiredText("Name"), root.RequiredText("CallerReference"), config?.Text("Comment") ?? "",
            config?.Flag("PrivateZone") is true || root.Child("VPC") is not null ? "Private hosted zones (PrivateZone, VPC) are"
            : root.NonEmptyText("DelegationSetId") is not null ? "Reusable delegation sets (DelegationSetId) are"
            : null);
    }

    /// <summary>UpdateHostedZoneComment's body: no comment takes it away.</summary>
    public static string ReadComment(ElementReader root) => root.Text("Comment") ?? "";

    public static HostedZoneSettings ReadStored(ElementReader root) => new(root.RequiredText("Name"), root.RequiredText("CallerReference"), root.Text("Comment") ?? "");

    public static XElement WriteStored(HostedZoneSettings zone) => Element(
        "HostedZone", Element("Name", zone.Name), Element("CallerReference", zone.CallerReference), Element("Comment", zone.Comment));

    public static XElement Write(Resource<HostedZoneSettings> zone, long recordSets) => Element(
        "HostedZone",
        Element("Id", PathPrefix + zone.Id),
        Element("Name", RecordSetCheck.Shown(zone.Settings.Name)),
        Element("CallerReference", zone.Settings.CallerReference),
        Element("Config", zone.Settings.Comment.Length > 0 ? Element("Comment", zone.Settings.Comment) : null, Flag("PrivateZone", false)),
        Element("ResourceRecordSetCount", recordSets));

    public static XElement WriteDelegationSet(IEnumerable<string> nameServers) => Element(
        "DelegationSet", Element("NameServers", nameServers.Select(static name => Element("NameServer", name.TrimEnd('.')))));

    public static XElement WriteChange(ZoneEntryRow entry) => Element(
        "ChangeInfo",
        Element("Id", "/change/" + entry.ChangeId),
        Element("Status", entry.InSync ? "INSYNC" : "PENDING"),
        Time("SubmittedAt", entry.CreatedAt),
        entry.Comment.Length > 0 ? Element("Comment", entry.Comment) : null);
}
