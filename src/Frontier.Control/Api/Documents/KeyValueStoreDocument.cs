// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>CreateKeyValueStoreRequest (API-6.11).</summary>
/// <param name="SourceArn">Where the first pairs come from; null for an empty store.</param>
internal sealed record CreateKeyValueStoreDocument(string Name, string Comment, string? SourceArn, ImmutableArray<TagRow> Tags)
{
    public const string RootName = "CreateKeyValueStoreRequest";

    private static readonly ImmutableArray<string> SourceTypes = ["S3"];

    public static CreateKeyValueStoreDocument Read(ElementReader root) =>
        new(root.RequiredText("Name"), root.Text("Comment") ?? "", ReadSource(root), TagsDocument.ReadOptional(root));

    private static string? ReadSource(ElementReader root)
    {
        if (root.Child("ImportSource") is not { } source)
        {
            return null;
        }

        source.RequiredWord("SourceType", SourceTypes);
        return source.RequiredText("SourceARN");
    }
}

/// <summary>UpdateKeyValueStoreRequest, what is stored, and what is answered.</summary>
internal sealed record KeyValueStoreDocument(string Comment)
{
    public const string UpdateRootName = "UpdateKeyValueStoreRequest";

    public static KeyValueStoreDocument Read(ElementReader root) => new(root.RequiredText("Comment"));

    public static XElement WriteStored(string comment) => Element("KeyValueStore", Element("Comment", comment));

    public static XElement Write(KeyValueStore store, string arn) => Element(
        "KeyValueStore",
        Element("Name", store.Name),
        Element("Id", store.Id),
        Element("Comment", store.Comment),
        Element("ARN", arn),
        Element("Status", KeyValueStore.Ready),
        Time("LastModifiedTime", store.ModifiedAt));
}
