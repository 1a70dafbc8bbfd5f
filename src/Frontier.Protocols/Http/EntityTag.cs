// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Http;

/// <summary>Entity tags (RFC 9110, section 8.8.3): their syntax and their two comparisons.</summary>
public static class EntityTag
{
    public static bool IsWeak(ReadOnlySpan<byte> tag) => tag.StartsWith("W/"u8);

    /// <summary>True for <c>"…"</c> and <c>W/"…"</c>.</summary>
    public static bool IsValid(ReadOnlySpan<byte> tag)
    {
        var opaque = Opaque(tag);
        return opaque.Length >= 2 && opaque[0] == '"' && opaque[^1] == '"' && opaque[1..^1].IndexOf((byte)'"') < 0;
    }

    /// <summary>RFC 9110, section 8.8.3.2: equal opaque tags, weak or not.</summary>
    public static bool WeaklyEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => Opaque(one).SequenceEqual(Opaque(other));

    /// <summary>RFC 9110, section 8.8.3.2: equal and neither is weak.</summary>
    public static bool StronglyEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        !IsWeak(one) && !IsWeak(other) && one.SequenceEqual(other);

    /// <summary>Whether <paramref name="tag"/> is in an If-Match or If-None-Match list (RFC 9110, sections 13.1.1 and 13.1.2); <c>*</c> matches any.</summary>
    public static bool ListContains(ReadOnlySpan<byte> list, ReadOnlySpan<byte> tag, bool weakly)
    {
        list = list.Trim((byte)' ');
        if (list is [(byte)'*'])
        {
            return true;
        }

        while (!list.IsEmpty)
        {
            list = list.TrimStart(" \t,"u8);
            if (list.IsEmpty)
            {
                return false;
            }

            var quote = list.IndexOf((byte)'"');
            var close = quote < 0 ? -1 : list[(quote + 1)..].IndexOf((byte)'"');
            if (close < 0)
            {
                // S3 and older clients send tags without quotes; they are compared as they stand.
                return (weakly || !IsWeak(tag)) && list.SequenceEqual(tag.Trim((byte)'"'));
            }

            var candidate = list[..(quote + close + 2)];
            if (weakly ? WeaklyEqual(candidate, tag) : StronglyEqual(candidate, tag))
            {
                return true;
            }

            list = list[candidate.Length..];
        }

        return false;
    }

    private static ReadOnlySpan<byte> Opaque(ReadOnlySpan<byte> tag) => IsWeak(tag) ? tag[2..] : tag;
}
