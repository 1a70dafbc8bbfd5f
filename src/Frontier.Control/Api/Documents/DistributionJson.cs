// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Frontier.Control.Domain;

namespace Frontier.Control.Api.Documents;

/// <summary>
/// DistributionConfig in the JSON of the AWS CLI, as <c>aws cloudfront get-distribution-config</c> prints it, made into the XML
/// that the API takes. Members have the same names; only the items of lists have names in XML alone.
/// </summary>
internal static class DistributionJson
{
    private static readonly FrozenDictionary<string, string> ItemNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Aliases"] = "CNAME",
        ["Origins"] = "Origin",
        ["CustomHeaders"] = "OriginCustomHeader",
        ["OriginSslProtocols"] = "SslProtocol",
        ["OriginGroups"] = "OriginGroup",
        ["StatusCodes"] = "StatusCode",
        ["Members"] = "OriginGroupMember",
        ["CacheBehaviors"] = "CacheBehavior",
        ["TrustedSigners"] = "AwsAccountNumber",
        ["TrustedKeyGroups"] = "KeyGroup",
        ["AllowedMethods"] = "Method",
        ["CachedMethods"] = "Method",
        ["LambdaFunctionAssociations"] = "LambdaFunctionAssociation",
        ["FunctionAssociations"] = "FunctionAssociation",
        ["WhitelistedNames"] = "Name",
        ["Headers"] = "Name",
        ["QueryStringCacheKeys"] = "Name",
        ["CustomErrorResponses"] = "CustomErrorResponse",
        ["GeoRestriction"] = "Location",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="json">The configuration itself, or what the CLI prints around it: <c>DistributionConfig</c>, also within <c>Distribution</c>.</param>
    public static Outcome<XElement> ToXml(JsonElement json)
    {
        var config = Unwrap(Unwrap(json, "Distribution"), DistributionWriter.RootName);
        if (config.ValueKind is not JsonValueKind.Object)
        {
            return ApiErrors.InvalidArgument.Saying("The configuration is no JSON object: give what \"aws cloudfront get-distribution-config\" prints, or the DistributionConfig in it.");
        }

        try
        {
            return Write(DistributionWriter.RootName, config).Failed(out var error, out var root) ? error : root;
        }
        catch (XmlException)
        {
            return ApiErrors.InvalidArgument.Saying("The configuration has a character that XML, and so the API, cannot carry.");
        }
    }

    private static JsonElement Unwrap(JsonElement json, string member) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(member, out var inner) ? inner : json;

    private static Outcome<XElement> Write(string name, JsonElement value)
    {
        var element = XmlNames.Element(XmlConvert.VerifyNCName(name));
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            element.Value = XmlConvert.VerifyXmlChars(value.ToString() is var text && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? text.ToLowerInvariant() : text);
            return element;
        }

        var members = value.ValueKind is JsonValueKind.Object
            ? value.EnumerateObject().Where(static member => member.Value.ValueKind is not JsonValueKind.Null).Select(member => WriteMember(name, member))
            : value.EnumerateArray().Select(static item => Write("member", item));
        foreach (var member in members)
        {
            if (member.Failed(out var error, out var child))
            {
                return error;
            }

            element.Add(child);
        }

        return element;
    }

    private static Outcome<XElement> WriteMember(string parent, JsonProperty member)
    {
        if (member.Name != "Items" || member.Value.ValueKind is not JsonValueKind.Array)
        {
            return Write(member.Name, member.Value);
        }

        if (!ItemNames.TryGetValue(parent, out var itemName))
        {
            return ApiErrors.InvalidArgument.Saying($"{parent} is no list of DistributionConfig; those with Items are {string.Join(", ", ItemNames.Keys.Order(StringComparer.Ordinal))}.");
        }

        var items = XmlNames.Element("Items");
        foreach (var item in member.Value.EnumerateArray())
        {
            if (Write(itemName, item).Failed(out var error, out var child))
            {
                return error;
            }

            items.Add(child);
        }

        return items;
    }
}
