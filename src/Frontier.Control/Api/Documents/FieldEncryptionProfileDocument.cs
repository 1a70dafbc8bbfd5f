// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.FieldEncryption;
using Frontier.Control.Domain.Resources;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>FieldLevelEncryptionProfileConfig and what is built around it (<c>api.md</c> §9.1).</summary>
internal static class FieldEncryptionProfileDocument
{
    public static FieldEncryptionProfileSettings Read(ElementReader root) => new(
        root.RequiredText("Name"),
        root.RequiredText("CallerReference"),
        root.Text("Comment") ?? "",
        root.RequiredList("EncryptionEntities", "EncryptionEntity", static entity => new EncryptionEntity(
            entity.RequiredText("PublicKeyId").Trim(), entity.RequiredText("ProviderId"), entity.RequiredList("FieldPatterns", "FieldPattern", static pattern => pattern.Value))));

    public static XElement WriteConfig(FieldEncryptionProfileSettings settings) => Element(
        "FieldLevelEncryptionProfileConfig",
        Element("Name", settings.Name),
        Element("CallerReference", settings.CallerReference),
        Element("Comment", settings.Comment),
        WriteEntities(settings));

    public static XElement Write(Resource<FieldEncryptionProfileSettings> profile) => Element(
        "FieldLevelEncryptionProfile", Element("Id", profile.Id), Time("LastModifiedTime", profile.Time), WriteConfig(profile.Settings));

    public static XElement WriteSummary(Resource<FieldEncryptionProfileSettings> profile) => Element(
        "FieldLevelEncryptionProfileSummary",
        Element("Id", profile.Id),
        Time("LastModifiedTime", profile.Time),
        Element("Name", profile.Settings.Name),
        WriteEntities(profile.Settings),
        Element("Comment", profile.Settings.Comment));

    private static XElement WriteEntities(FieldEncryptionProfileSettings settings) => List("EncryptionEntities", settings.Entities, static entity => Element(
        "EncryptionEntity",
        Element("PublicKeyId", entity.PublicKeyId),
        Element("ProviderId", entity.ProviderId),
        List("FieldPatterns", entity.FieldPatterns, "FieldPattern")));
}
