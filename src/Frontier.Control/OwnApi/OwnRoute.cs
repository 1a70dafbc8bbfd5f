// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.Api;
using Frontier.Control.Domain;

namespace Frontier.Control.OwnApi;

/// <summary>
/// One operation of Frontier's own API: how it is reached, who answers it, and everything its documentation says of it. The
/// router and the OpenAPI document are both made of these.
/// </summary>
/// <param name="Name">Unique; the <c>operationId</c>.</param>
/// <param name="Template">Below <see cref="OwnPaths.Prefix"/>, variables in braces.</param>
/// <param name="Changes">Whether it changes anything; what only reads may be repeated at will.</param>
internal sealed record OwnRoute(string Name, string Method, string Template, string Summary, bool Changes, Func<ApiRequest, CancellationToken, Task<ApiResponse>> Handler)
{
    /// <summary>More than the summary, where there is more to say.</summary>
    public string? Description { get; init; }

    public int SuccessStatus { get; init; } = 200;

    /// <summary>The parameters after the question mark; any other is refused.</summary>
    public ImmutableArray<OwnParameter> Query { get; init; } = [];

    /// <summary>Whether an If-Match header is heeded.</summary>
    public bool TakesIfMatch { get; init; }

    /// <summary>The JSON it takes; null when it takes no body.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>Whether it can do without its body.</summary>
    public bool BodyIsOptional { get; init; }

    /// <summary>The JSON it answers; null for any object, or for none where the status is 204.</summary>
    public JsonTypeInfo? Answer { get; init; }

    /// <summary>What can go wrong beyond what can with any operation.</summary>
    public ImmutableArray<ApiError> Errors { get; init; } = [];
}
