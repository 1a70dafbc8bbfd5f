// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Control.Api;
using Frontier.Control.Domain;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.OwnApi;

/// <summary>The errors of Frontier's own API.</summary>
internal sealed class ProblemForm : IErrorForm
{
    public const string ContentType = "application/problem+json";

    public ApiContent Write(ApiError error, string requestId, IHeaderDictionary headers)
    {
        var problem = new ProblemDocument($"urn:frontier:error:{error.Code}", error.Code, error.Status, DetailOf(error), requestId);
        return new ApiContent(JsonSerializer.SerializeToUtf8Bytes(problem, OwnJson.Default.ProblemDocument), ContentType);
    }

    /// <summary>CloudFront's words are kept; where they do not say what to do, that is added.</summary>
    private static string DetailOf(ApiError error) => error.Code switch
    {
        "MissingAuthenticationToken" => $"{error.Message}. Sign the request with Signature Version 4 for the service cloudfront.",
        "InvalidClientTokenId" => $"{error.Message} Use an access key of this installation: the file \"credentials\" in its data directory holds one.",
        "NoSuchOperation" => $"{error.Message} GET {OwnPaths.Prefix}{OpenApiDocument.Path} lists those there are.",
        _ => error.Message,
    };
}
