// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>InvalidationBatch and what is built around it (<c>api.md</c> §9.1, API-6.20).</summary>
internal sealed record InvalidationDocument(string CallerReference, ImmutableArray<string> Paths)
{
    public const string RootName = "InvalidationBatch";

    public static InvalidationDocument Read(ElementReader root) =>
        new(root.RequiredText("CallerReference"), root.RequiredList("Paths", "Path", static path => path.Value));

    public static XElement Write(InvalidationRow row) => Element(
        "Invalidation",
        Element("Id", row.Id),
        Element("Status", StatusOf(row)),
        Time("CreateTime", row.CreatedAt),
        Element(RootName, List("Paths", row.Paths, "Path"), Element("CallerReference", row.CallerReference)));

    public static XElement WriteSummary(InvalidationRow row) =>
        Element("InvalidationSummary", Element("Id", row.Id), Time("CreateTime", row.CreatedAt), Element("Status", StatusOf(row)));

    private static string StatusOf(InvalidationRow row) => row.Completed ? "Completed" : "InProgress";
}
