// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Xml.Linq;

namespace Frontier.Control.Tests.Harness;

/// <summary>Request documents about functions and key value stores.</summary>
internal static class FunctionDocuments
{
    public const string Code = "function handler(event) { return event.request; }";

    public static XElement CreateFunction(string name, string code = Code, string runtime = "cloudfront-js-2.0", string comment = "a comment", string? store = null, string tags = "") =>
        Function("CreateFunctionRequest", $"<Name>{name}</Name>", code, runtime, comment, store, tags);

    public static XElement UpdateFunction(string code = Code, string runtime = "cloudfront-js-2.0", string comment = "a comment", string? store = null) =>
        Function("UpdateFunctionRequest", "", code, runtime, comment, store, "");

    public static XElement CreateKeyValueStore(string name, string? comment = "a comment", string inner = "") => Documents.Parse(
        $"<CreateKeyValueStoreRequest><Name>{name}</Name>{(comment is null ? "" : $"<Comment>{comment}</Comment>")}{inner}</CreateKeyValueStoreRequest>");

    public static XElement UpdateKeyValueStore(string comment) => Documents.Parse($"<UpdateKeyValueStoreRequest><Comment>{comment}</Comment></UpdateKeyValueStoreRequest>");

    public static string ImportSource(string arn) => $"<ImportSource><SourceType>S3</SourceType><SourceARN>{arn}</SourceARN></ImportSource>";

    private static XElement Function(string root, string name, string code, string runtime, string comment, string? store, string tags)
    {
        var stores = store is null
            ? ""
            : $"<KeyValueStoreAssociations><Quantity>1</Quantity><Items><KeyValueStoreAssociation><KeyValueStoreARN>{store}</KeyValueStoreARN></KeyValueStoreAssociation></Items></KeyValueStoreAssociations>";
        return Documents.Parse(
            $"""
             <{root}>{name}<FunctionConfig><Comment>{comment}</Comment><Runtime>{runtime}</Runtime>{stores}</FunctionConfig>
             <FunctionCode>{Convert.ToBase64String(Encoding.UTF8.GetBytes(code))}</FunctionCode>{tags}</{root}>
             """);
    }
}
