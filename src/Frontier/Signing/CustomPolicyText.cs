// SPDX-License-Identifier: Apache-2.0

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Frontier.Signing;

/// <summary>Writes the JSON of a custom policy, without white space.</summary>
internal static class CustomPolicyText
{
    public static byte[] Of(string resource, long lessThan, long? greaterThan, string? ip)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) // nobody puts it into HTML
        {
            json.WriteStartObject();
            json.WriteStartArray("Statement");
            json.WriteStartObject();
            json.WriteString("Resource", resource);
            json.WriteStartObject("Condition");
            WriteTime(json, "DateLessThan", lessThan);
            if (greaterThan is { } begin)
            {
                WriteTime(json, "DateGreaterThan", begin);
            }

            if (ip is not null)
            {
                json.WriteStartObject("IpAddress");
                json.WriteString("AWS:SourceIp", ip);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static void WriteTime(Utf8JsonWriter json, string condition, long second)
    {
        json.WriteStartObject(condition);
        json.WriteNumber("AWS:EpochTime", second);
        json.WriteEndObject();
    }
}
