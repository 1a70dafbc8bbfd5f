// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Delivery;

/// <summary>A coding that an edge applies to a body (RFC 9110, section 8.4.1).</summary>
public enum ContentCoding
{
    /// <summary>The body stays as the origin sent it.</summary>
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Whether an answer is compressed before it is stored, and what that does to its header (§20).</summary>
public static class Compression
{
    /// <summary>Smaller bodies gain nothing, larger ones take too long (DP-20.1).</summary>
    public const long MinBytes = 1_000;

    public const long MaxBytes = 10_000_000;

    /// <summary>
    /// What the request leaves open: the encodings of its key, or none. A range is asked of the plain object, and a plain
    /// object is what it brings in (DP-16.7).
    /// </summary>
    public static AcceptedEncodings Wanted(RequestHead request, BehaviorModel behavior) =>
        !behavior.Compress || request.Headers.Contains("range"u8) ? AcceptedEncodings.Unspecified : AcceptEncodingNormalization.Decide(request, behavior.CachePolicy);

    /// <summary>DP-20.1, DP-20.2: for an answer that is going to be stored; one without a time to live never is, and is not compressed.</summary>
    /// <param name="wanted">What <see cref="Wanted"/> said of the request.</param>
    /// <param name="answer">The origin's, with its Content-Length.</param>
    public static ContentCoding Decide(AcceptedEncodings wanted, ResponseHead answer)
    {
        var coding = wanted switch
        {
            AcceptedEncodings.Brotli or AcceptedEncodings.BrotliAndGzip => ContentCoding.Brotli,
            AcceptedEncodings.Gzip => ContentCoding.Gzip,
            AcceptedEncodings.Unspecified or AcceptedEncodings.Identity => ContentCoding.Identity,
        };
        return coding is not ContentCoding.Identity && IsCompressible(answer) ? coding : ContentCoding.Identity;
    }

    /// <summary>Changes the header of an answer whose body is going to be coded (DP-20.2, DP-20.3).</summary>
    public static void Apply(ContentCoding coding, HeaderList headers)
    {
        if (coding is ContentCoding.Identity)
        {
            return;
        }

        // Digests were taken of the plain bytes (RFC 9530, section 2).
        foreach (var digest in Digests)
        {
            headers.Remove(digest);
        }

        headers.Remove("content-length"u8);
        headers.Set("Content-Encoding"u8, coding is ContentCoding.Brotli ? "br"u8 : "gzip"u8);
        VaryField.Add("Accept-Encoding"u8, headers);
        Weaken(headers);
    }

    /// <summary>
    /// Makes the header of a 304 one of the stored, coded body: an origin speaks of its own plain one (DP-15.7, DP-20.3). Where
    /// the origin coded the body itself and its tag is strong, nothing is to be done.
    /// </summary>
    public static void Adapt(HeaderList stored, HeaderList brought)
    {
        if (!stored.Contains("content-encoding"u8) || (stored.TryGet("etag"u8, out var tag) && !EntityTag.IsWeak(tag)))
        {
            return;
        }

        Weaken(brought);
        if (brought.Contains("vary"u8) && stored.Joined("vary"u8) is { } vary && vary.Contains("accept-encoding", StringComparison.OrdinalIgnoreCase))
        {
            VaryField.Add("Accept-Encoding"u8, brought);
        }
    }

    private static readonly byte[][] Digests = ["content-md5"u8.ToArray(), "digest"u8.ToArray(), "content-digest"u8.ToArray(), "repr-digest"u8.ToArray()];

    private static bool IsCompressible(ResponseHead answer)
    {
        var headers = answer.Headers;
        return answer.Status is 200 or 403 or 404
            && long.TryParse(headers.GetText("content-length"u8), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is >= MinBytes and <= MaxBytes
            && headers.TryGet("content-type"u8, out var type) && CompressibleTypes.Contains(type)
            && !headers.Contains("content-encoding"u8) // DP-20.5: the origin has done it
            && !ResponseCacheControl.Parse(headers).NoTransform; // RFC 9111, section 5.2.2.6
    }

    private static void Weaken(HeaderList headers)
    {
        if (!headers.TryGet("etag"u8, out var tag) || EntityTag.IsWeak(tag))
        {
            return;
        }

        if (tag.StartsWith("\""u8))
        {
            headers.Set("ETag"u8, [.. "W/"u8, .. tag]);
        }
        else
        {
            headers.Remove("etag"u8);
        }
    }
}
