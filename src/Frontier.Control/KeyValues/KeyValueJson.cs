// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Frontier.Control.KeyValues;

/// <summary>The JSON of key value stores.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImportDocument))]
internal sealed partial class KeyValueJson : JsonSerializerContext;
