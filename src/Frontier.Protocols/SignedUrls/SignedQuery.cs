// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.SignedUrls;

/// <summary>A query without what signs it: the one that was signed, and the one that key and origin see (DP-24.7, DP-24.13).</summary>
public static class SignedQuery
{
    /// <summary>Whether there is anything to be taken out.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> query)
    {
        while (!query.IsEmpty)
        {
            if (SigningNames.IsParameter(NameOf(TakeFirst(ref query))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the parameters that stay, byte for byte and in their order. False when there is no query left, not even an empty one.</summary>
    /// <param name="into">At least as long as the query.</param>
    public static bool TryStrip(ReadOnlySpan<byte> query, Span<byte> into, out int length)
    {
        length = 0;
        var isAny = false;
        var isMore = true;
        while (isMore)
        {
            isMore = query.Contains((byte)'&');
            var parameter = TakeFirst(ref query);
            if (SigningNames.IsParameter(NameOf(parameter)))
            {
                continue;
            }

            if (isAny)
            {
                into[length++] = (byte)'&';
            }

            parameter.CopyTo(into[length..]);
            length += parameter.Length;
            isAny = true;
        }

        return isAny;
    }

    private static ReadOnlySpan<byte> TakeFirst(ref ReadOnlySpan<byte> query)
    {
        var end = query.IndexOf((byte)'&');
        var first = end < 0 ? query : query[..end];
        query = end < 0 ? default : query[(end + 1)..];
        return first;
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> parameter) => parameter.IndexOf((byte)'=') is >= 0 and var equals ? parameter[..equals] : parameter;
}
