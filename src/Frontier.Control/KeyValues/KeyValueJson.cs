// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Frontier.Control.KeyValues;

/// <summary>The JSON of key value stores: files of pairs, and the API that changes them.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImportDocument))]
[JsonSerializable(typeof(DescribeDocument))]
[JsonSerializable(typeof(GetKeyDocument))]
[JsonSerializable(typeof(ListKeysDocument))]
[JsonSerializable(typeof(SizeDocument))]
[JsonSerializable(typeof(PutKeyDocument))]
[JsonSerializable(typeof(UpdateKeysDocument))]
[JsonSerializable(typeof(ErrorMessageDocument))]
internal sealed partial class KeyValueJson : JsonSerializerContext;
