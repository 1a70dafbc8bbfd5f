// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Decisions.Delivery;

/// <summary>How a viewer's conditions turn out against a representation.</summary>
public enum ConditionVerdict
{
    /// <summary>Send it, with its Range applied if it has one.</summary>
    Proceed,

    /// <summary>Send it whole: If-Range does not match (DP-16.6).</summary>
    ProceedWithoutRange,

    /// <summary>304.</summary>
    NotModified,

    /// <summary>412.</summary>
    PreconditionFailed,
}

/// <summary>Evaluates conditional requests at the edge, in the order of RFC 9110, section 13.2.2 (DP-15.4, DP-15.5).</summary>
public static class Conditions
{
    /// <param name="request">The viewer's headers.</param>
    /// <param name="stored">The representation's headers.</param>
    public static ConditionVerdict Evaluate(HeaderList request, HeaderList stored)
    {
        var hasTag = stored.TryGet("etag"u8, out var tag);
        if (request.TryGet("if-match"u8, out _))
        {
            if (!Matches(request, "if-match"u8, hasTag, tag, weakly: false))
            {
                return ConditionVerdict.PreconditionFailed;
            }
        }
        else if (TryDate(request, "if-unmodified-since"u8, out var unmodifiedSince) && TryDate(stored, "last-modified"u8, out var modified) && modified > unmodifiedSince)
        {
            return ConditionVerdict.PreconditionFailed;
        }

        if (request.TryGet("if-none-match"u8, out _))
        {
            if (Matches(request, "if-none-match"u8, hasTag, tag, weakly: true))
            {
                return ConditionVerdict.NotModified;
            }
        }
        else if (TryDate(request, "if-modified-since"u8, out var since) && TryLastKnown(stored, out var lastModified) && lastModified <= since)
        {
            return ConditionVerdict.NotModified;
        }

        return request.TryGet("if-range"u8, out var ifRange) && !IfRangeMatches(ifRange, stored)
            ? ConditionVerdict.ProceedWithoutRange
            : ConditionVerdict.Proceed;
    }

    /// <summary>Whether any field of that name holds the tag; without a tag to hold, only <c>*</c> speaks of the representation.</summary>
    private static bool Matches(HeaderList request, ReadOnlySpan<byte> name, bool hasTag, ReadOnlySpan<byte> tag, bool weakly)
    {
        for (var i = request.IndexOf(name); i >= 0; i = request.IndexOf(name, i + 1))
        {
            if (hasTag ? EntityTag.ListContains(request.Value(i), tag, weakly) : request.Value(i) is [(byte)'*'])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>RFC 9110, section 13.1.5: a strong tag or the exact date.</summary>
    private static bool IfRangeMatches(ReadOnlySpan<byte> value, HeaderList stored)
    {
        if (value.StartsWith("\""u8) || value.StartsWith("W/"u8))
        {
            return stored.TryGet("etag"u8, out var tag) && EntityTag.StronglyEqual(value, tag);
        }

        return stored.TryGet("last-modified"u8, out var modified) && value.SequenceEqual(modified);
    }

    /// <summary>Last-Modified, or where the origin sent none the day of the answer: it has not been modified since (RFC 9111, section 4.3.2).</summary>
    private static bool TryLastKnown(HeaderList stored, out DateTimeOffset date) =>
        stored.Contains("last-modified"u8) ? TryDate(stored, "last-modified"u8, out date) : TryDate(stored, "date"u8, out date);

    private static bool TryDate(HeaderList headers, ReadOnlySpan<byte> name, out DateTimeOffset date)
    {
        date = default;
        return headers.TryGet(name, out var value) && HttpDate.TryParse(value, out date);
    }
}
