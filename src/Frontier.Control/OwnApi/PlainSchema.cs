// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;

namespace Frontier.Control.OwnApi;

/// <summary>
/// JSON Schemas without references within themselves: a type that occurs twice is a reference the second time, from the root of the schema, and in a
/// larger document that root is another. None of our types contains itself.
/// </summary>
internal static class PlainSchema
{
    /// <summary>A copy in which what was referred to stands in the place of each reference.</summary>
    /// <param name="root">What references begin at.</param>
    public static JsonNode? Of(JsonNode? node, JsonNode root)
    {
        switch (node)
        {
            case JsonObject schema when schema["$ref"] is JsonValue reference:
                return Of(Find(root, reference.GetValue<string>()), root);
            case JsonObject schema:
                var members = new JsonObject();
                foreach (var (name, value) in schema)
                {
                    members[name] = Of(value, root);
                }

                return members;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Of(item, root))]);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>A pointer of RFC 6901 behind a number sign.</summary>
    private static JsonNode? Find(JsonNode root, string pointer)
    {
        var at = (JsonNode?)root;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at is JsonArray items ? items[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : at![name];
        }

        return at;
    }
}
