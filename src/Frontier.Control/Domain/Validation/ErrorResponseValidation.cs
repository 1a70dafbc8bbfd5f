// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>Custom error responses (<c>api.md</c> §9).</summary>
internal static class ErrorResponseValidation
{
    private const int LongestPath = 4_096;

    /// <summary>DP-19.11.</summary>
    private static readonly int[] ErrorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
    /// <summary>What may stand in a path and query without being encoded, and the percent sign (RFC 3986, sections 3.3 and 3.4).</summary>
    private static readonly SearchValues<char> UrlCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;=%");

    public static void Check(ImmutableArray<CustomErrorResponse> responses, FaultList faults)
    {
        faults.Require(responses.DistinctBy(response => response.ErrorCode).Count() == responses.Length, ApiErrors.InvalidArgument, "The parameter ErrorCode contains a status more than once.");
        foreach (var response in responses)
        {
            faults.Require(ErrorCodes.Contains(response.ErrorCode), ApiErrors.InvalidErrorCode, $"{ApiErrors.InvalidErrorCode.Message} ({response.ErrorCode})");
            faults.Require(response.MinTtlSeconds is >= 0 and <= int.MaxValue, ApiErrors.InvalidArgument, "The parameter ErrorCachingMinTTL must not be negative.");
            faults.Require(
                response.ResponsePagePath.Length > 0 == response.ResponseCode.Length > 0, ApiErrors.InvalidArgument,
                "Your request must specify both ResponsePagePath and ResponseCode together or none of them.");
            faults.Require(
                response.ResponseCode.Length == 0 || (int.TryParse(response.ResponseCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && (code == 200 || ErrorCodes.Contains(code))),
                ApiErrors.InvalidResponseCode, $"{ApiErrors.InvalidResponseCode.Message} ({response.ResponseCode})");
            faults.Require(
                response.ResponsePagePath.Length == 0
                    || (response.ResponsePagePath.Length <= LongestPath && response.ResponsePagePath[0] == '/' && !response.ResponsePagePath.AsSpan().ContainsAnyExcept(UrlCharacters)),
                ApiErrors.InvalidRelativePath, ApiErrors.InvalidRelativePath.Message);
        }
    }
}
