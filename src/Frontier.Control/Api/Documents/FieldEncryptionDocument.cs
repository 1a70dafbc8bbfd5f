// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Domain.FieldEncryption;
using Frontier.Control.Domain.Resources;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>FieldLevelEncryptionConfig and what is built around it (<c>api.md</c> §9.1).</summary>
internal static class FieldEncryptionDocument
{
    private static readonly ImmutableArray<string> Formats = ["URLEncoded"];

    public static FieldEncryptionSettings Read(ElementReader root) => new()
    {
        CallerReference = root.RequiredText("CallerReference"),
        Comment = root.Text("Comment") ?? "",
        QueryArgProfiles = root.Child("QueryArgProfileConfig") is not { } arguments ? null : new QueryArgProfiles(
            arguments.RequiredFlag("ForwardWhenQueryArgProfileIsUnknown"),
            arguments.List("QueryArgProfiles", "QueryArgProfile", static profile => new QueryArgProfile(profile.RequiredText("QueryArg"), profile.RequiredText("ProfileId").Trim()))),
        ContentTypeProfiles = root.Child("ContentTypeProfileConfig") is not { } types ? null : new ContentTypeProfiles(
            types.RequiredFlag("ForwardWhenContentTypeIsUnknown"),
            types.List("ContentTypeProfiles", "ContentTypeProfile", static profile => new ContentTypeProfile(
                profile.RequiredWord("Format", Formats), profile.RequiredText("ContentType").Trim(), profile.Text("ProfileId")?.Trim() ?? ""))),
    };

    public static XElement WriteConfig(FieldEncryptionSettings settings) => Element(
        "FieldLevelEncryptionConfig",
        Element("CallerReference", settings.CallerReference),
        Element("Comment", settings.Comment),
        WriteProfiles(settings));

    public static XElement Write(Resource<FieldEncryptionSettings> config) => Element(
        "FieldLevelEncryption", Element("Id", config.Id), Time("LastModifiedTime", config.Time), WriteConfig(config.Settings));

    public static XElement WriteSummary(Resource<FieldEncryptionSettings> config) => Element(
        "FieldLevelEncryptionSummary",
        Element("Id", config.Id),
        Time("LastModifiedTime", config.Time),
        Element("Comment", config.Settings.Comment),
        WriteProfiles(config.Settings));

    private static IEnumerable<XElement?> WriteProfiles(FieldEncryptionSettings settings) =>
    [
        settings.QueryArgProfiles is not { } arguments ? null : Element(
            "QueryArgProfileConfig",
            Flag("ForwardWhenQueryArgProfileIsUnknown", arguments.ForwardWhenUnknown),
            List("QueryArgProfiles", arguments.Profiles, static profile => Element("QueryArgProfile", Element("QueryArg", profile.QueryArg), Element("ProfileId", profile.ProfileId)))),
        settings.ContentTypeProfiles is not { } types ? null : Element(
            "ContentTypeProfileConfig",
            Flag("ForwardWhenContentTypeIsUnknown", types.ForwardWhenUnknown),
            List("ContentTypeProfiles", types.Profiles, static profile => Element(
                "ContentTypeProfile",
                Element("Format", profile.Format),
                profile.ProfileId.Length > 0 ? Element("ProfileId", profile.ProfileId) : null,
                Element("ContentType", profile.ContentType)))),
    ];
}
