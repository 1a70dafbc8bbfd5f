// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.Domain;

namespace Frontier.Control.Api.Certificates;

/// <summary>Bodies of requests and responses of ACM's API.</summary>
internal static class AcmBody
{
    public static Outcome<T> Read<T>(ApiRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Length == 0 ? "{}"u8 : request.Body.Span, type) is { } document ? document : AcmErrors.Validation.Saying("The body is null.");
        }
        catch (JsonException error)
        {
            return AcmErrors.Validation.Saying($"The body is not the JSON of this operation: {error.Message}");
        }
    }

    public static ApiResponse Respond<T>(T document, JsonTypeInfo<T> type) =>
        new() { Content = new ApiContent(JsonSerializer.SerializeToUtf8Bytes(document, type), TargetErrorForm.ContentType) };

    public static ApiResponse Empty() => Respond(new EmptyDocument(), AcmJson.Default.EmptyDocument);
}
