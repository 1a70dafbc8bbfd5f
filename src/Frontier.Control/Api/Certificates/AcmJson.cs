// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Frontier.Control.Api.Certificates;

/// <summary>The JSON of ACM's API, as far as it is spoken.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImportDocument))]
[JsonSerializable(typeof(RequestDocument))]
[JsonSerializable(typeof(CertificateArnDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(TagsChangeDocument))]
[JsonSerializable(typeof(DescribedDocument))]
[JsonSerializable(typeof(CertificateTextDocument))]
[JsonSerializable(typeof(ListedDocument))]
[JsonSerializable(typeof(TagListDocument))]
[JsonSerializable(typeof(EmptyDocument))]
[JsonSerializable(typeof(TargetErrorDocument))]
internal sealed partial class AcmJson : JsonSerializerContext;
