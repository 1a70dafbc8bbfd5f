// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Functions;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>Requests about functions, their summary, and the form in which both stages are stored together.</summary>
internal static class FunctionDocument
{
    public const string CreateRootName = "CreateFunctionRequest";
    public const string UpdateRootName = "UpdateFunctionRequest";

    /// <summary>The members that create and update have in common.</summary>
    public static FunctionDraft ReadDraft(ElementReader root)
    {
        var config = root.RequiredChild("FunctionConfig");
        var settings = new FunctionSettings(
            config.RequiredText("Comment"),
            config.RequiredWord("Runtime", FunctionSettings.Runtimes),
            config.List("KeyValueStoreAssociations", "KeyValueStoreAssociation", static item => item.RequiredText("KeyValueStoreARN")));
        return new FunctionDraft(settings, root.RequiredBytes("FunctionCode"));
    }

    /// <summary>FunctionSummary.</summary>
    public static XElement WriteSummary(StagedFunction found, string status, string arn) => Element(
        "FunctionSummary",
        Element("Name", found.Function.Name),
        Element("Status", status),
        WriteConfig(found.Stage.Draft.Settings),
        Element(
            "FunctionMetadata",
            Element("FunctionARN", arn),
            Element("Stage", found.StageName),
            Time("CreatedTime", found.Stage.CreatedAt),
            Time("LastModifiedTime", found.Stage.ModifiedAt)));

    /// <summary>The stored form: what is versioned of each stage.</summary>
    public static XElement WriteStored(Function function) => Element("Function", function.Stages.Zip(FunctionStage.Names, WriteStage));

    /// <param name="name">Its name and the ETag of its row, which are stored beside the document.</param>
    public static Function ReadStored(string name, string rowETag, ElementReader root) => new(
        name, rowETag, ReadStage(root.RequiredChild(FunctionStage.Development)), root.Child(FunctionStage.Live) is { } live ? ReadStage(live) : null);

    private static XElement WriteConfig(FunctionSettings settings) => Element(
        "FunctionConfig",
        Element("Comment", settings.Comment),
        Element("Runtime", settings.Runtime),
        settings.KeyValueStoreArns.IsEmpty ? null : List(
            "KeyValueStoreAssociations", settings.KeyValueStoreArns, static arn => Element("KeyValueStoreAssociation", Element("KeyValueStoreARN", arn))));

    private static XElement WriteStage(FunctionStage stage, string name) => Element(
        name,
        Element("ETag", stage.ETag),
        Element("CreatedTime", stage.CreatedAt.UtcTicks),
        Element("LastModifiedTime", stage.ModifiedAt.UtcTicks),
        WriteConfig(stage.Draft.Settings),
        Element("FunctionCode", Convert.ToBase64String(stage.Draft.Code.AsSpan())));

    private static FunctionStage ReadStage(ElementReader stage) => new(
        stage.RequiredText("ETag"),
        new DateTimeOffset(stage.RequiredNumber("CreatedTime"), TimeSpan.Zero),
        new DateTimeOffset(stage.RequiredNumber("LastModifiedTime"), TimeSpan.Zero),
        ReadDraft(stage));
}
