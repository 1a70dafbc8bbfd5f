// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Frontier.Control.KeyValues;

/// <summary>
/// A file of pairs: <c>{"data":[{"key":"…","value":"…"}]}</c> (<c>edge-compute.md</c> §4). The serializer lets null pass as an
/// item, whatever the type says.
/// </summary>
internal sealed record ImportDocument([property: JsonPropertyName("data")] IReadOnlyList<ImportDocument.Pair?> Data)
{
    internal sealed record Pair([property: JsonPropertyName("key")] string Key, [property: JsonPropertyName("value")] string Value);
}
