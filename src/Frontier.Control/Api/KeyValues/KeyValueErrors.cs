// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;

namespace Frontier.Control.Api.KeyValues;

/// <summary>The errors of the API of pairs (<c>edge-compute.md</c> §4).</summary>
internal static class KeyValueErrors
{
    public static readonly ApiError Validation = new("ValidationException", 400, "Validation failed.");
    public static readonly ApiError NotFound = new("ResourceNotFoundException", 404, "The key value store was not found.");
    public static readonly ApiError NoSuchKey = NotFound.Saying("The key was not found.");
    public static readonly ApiError QuotaExceeded = new("ServiceQuotaExceededException", 402, "The key value store would be too large.");

    /// <summary>[O]: not 412, and not ConflictException, which is about the state of a store.</summary>
    public static readonly ApiError ETagDiffers = Validation.Saying("The If-Match header does not match the current version of the key value store.");
}
