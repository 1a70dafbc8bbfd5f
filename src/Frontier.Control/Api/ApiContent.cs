// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using Frontier.Control.Api.Documents;

namespace Frontier.Control.Api;

/// <summary>A response body as it goes out.</summary>
/// <param name="Type">Its Content-Type.</param>
internal sealed record ApiContent(ReadOnlyMemory<byte> Bytes, string Type)
{
    public static ApiContent OfXml(XElement root) => new(XmlText.WriteResponse(root), "text/xml");

    public static ApiContent OfJson<T>(T document, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(document, type), "application/json");
}
