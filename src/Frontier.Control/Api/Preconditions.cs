// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Control.Domain;

namespace Frontier.Control.Api;

/// <summary>If-Match (API-3.5, API-3.6): compulsory, with or without quotes, never a star.</summary>
internal static class Preconditions
{
    private static readonly SearchValues<char> ETagCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Null when the resource has the ETag that the caller saw.</summary>
    public static ApiError? Check(string? ifMatch, string currentETag)
    {
        var value = ifMatch?.Trim() ?? "";
        if (value is ['"', .. var inner, '"'])
        {
            value = inner;
        }

        return value.Length == 0 || value.AsSpan().ContainsAnyExcept(ETagCharacters) ? ApiErrors.InvalidIfMatchVersion
            : value == currentETag ? null
            : ApiErrors.PreconditionFailed;
    }
}
