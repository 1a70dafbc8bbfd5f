// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.Api;
using Frontier.Control.Domain;

namespace Frontier.Control.OwnApi;

/// <summary>Reads the bodies of Frontier's own API.</summary>
internal static class OwnBody
{
    /// <param name="absent">What a body of no bytes stands for; null where there must be one.</param>
    public static Outcome<T> Read<T>(ApiRequest request, JsonTypeInfo<T> type, T? absent = null)
        where T : class
    {
        if (request.Body.IsEmpty)
        {
            return absent is null ? ApiErrors.MissingBody.Saying("This operation takes a body of JSON.") : absent;
        }

        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, type) is { } value ? value : ApiErrors.InvalidArgument.Saying("The body is null; send an object of JSON.");
        }
        catch (JsonException error)
        {
            return ApiErrors.InvalidArgument.Saying($"The body is not the JSON that this operation takes: {error.Message}");
        }
    }
}
