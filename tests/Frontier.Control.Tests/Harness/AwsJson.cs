// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Frontier.Control.Tests.Harness;

/// <summary>Documents of the API as the AWS CLI prints them.</summary>
internal static class AwsJson
{
    public static JsonNode Of(XElement element)
    {
        if (!element.HasElements)
        {
            return element.Value switch
            {
                "true" or "false" => JsonValue.Create(element.Value == "true"),
                var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
                var text => JsonValue.Create(text),
            };
        }

        if (element.Name.LocalName is "Items" or "ParameterDefinitions")
        {
            return new JsonArray([.. element.Elements().Select(Of)]);
        }

        var members = new JsonObject();
        foreach (var child in element.Elements())
        {
            members[child.Name.LocalName] = child.Name.LocalName is "ParameterDefinitions" && !child.HasElements ? new JsonArray() : Of(child);
        }

        return members;
    }
}
