// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain;

namespace Frontier.Control.Api;

/// <summary>What an operation answers: a document and headers, or an error. The status of a success is the operation table's.</summary>
internal sealed record ApiResponse
{
    public static ApiResponse Empty { get; } = new();

    public XElement? Root { get; init; }

    /// <summary>A body that is no XML; sent when there is no <see cref="Root"/>.</summary>
    public ApiContent? Content { get; init; }

    public string? ETag { get; init; }

    /// <summary>The ETag under the name by which the model of UpdateFunction misspells it (API-3.3).</summary>
    public string? MisspelledETag { get; init; }

    /// <summary>The path of the new resource: below the version of CloudFront's API, or whole where it begins with a slash.</summary>
    public string? Location { get; init; }

    public ApiError? Error { get; init; }

    public static implicit operator ApiResponse(ApiError error) => new() { Error = error };

    public static implicit operator ApiResponse(XElement root) => new() { Root = root };
}
