// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Frontier.Protocols.SignedUrls;

/// <summary>The policy that nobody sends: signer and edge make the same text of the URL and its end (<c>dataplane.md</c> §24), byte for byte and without white space.</summary>
public static class CannedPolicy
{
    /// <summary>In a URL these would end the text's string early; whoever signs one writes it percent-encoded.</summary>
    private static readonly SearchValues<byte> Unsignable = SearchValues.Create([.. Enumerable.Range(0, 33).Select(static value => (byte)value), .. "\"\\"u8]);

    private static ReadOnlySpan<byte> BeforeResource => """{"Statement":[{"Resource":"""u8;

    private static ReadOnlySpan<byte> BeforeExpires => ""","Condition":{"DateLessThan":{"AWS:EpochTime":"""u8;

    private static ReadOnlySpan<byte> End => "}}}]}"u8;

    /// <summary>Reads the parameter <c>Expires</c>: seconds since 1970, decimal digits, up to <see cref="SignedPolicy.LastSecond"/> (DP-24.5).</summary>
    public static bool TryReadExpires(ReadOnlySpan<byte> text, out long expires) =>
        Utf8Parser.TryParse(text, out expires, out var read) && read == text.Length && text[0] is >= (byte)'0' and <= (byte)'9' && expires <= SignedPolicy.LastSecond;

    public static int LengthOf(RequestedUrl url, ReadOnlySpan<byte> expires) => BeforeResource.Length + 1 + url.Length + 1 + BeforeExpires.Length + expires.Length + End.Length;

    /// <summary>Writes the text that must have been signed. False for a URL that no signer can have meant.</summary>
    /// <param name="expires">As received.</param>
    /// <param name="into"><see cref="LengthOf"/> bytes.</param>
    public static bool TryWrite(RequestedUrl url, ReadOnlySpan<byte> expires, Span<byte> into)
    {
        BeforeResource.CopyTo(into);
        into = into[BeforeResource.Length..];
        into[0] = (byte)'"';
        var resource = into.Slice(1, url.Length);
        url.Write(resource);
        into = into[(1 + url.Length)..];
        into[0] = (byte)'"';
        into = into[1..];
        BeforeExpires.CopyTo(into);
        into = into[BeforeExpires.Length..];
        expires.CopyTo(into);
        End.CopyTo(into[expires.Length..]);
        return !resource.ContainsAny(Unsignable);
    }

    /// <summary>The same text for who signs.</summary>
    public static string Of(string url, long expires) =>
        $"{Encoding.ASCII.GetString(BeforeResource)}\"{url}\"{Encoding.ASCII.GetString(BeforeExpires)}{expires.ToString(CultureInfo.InvariantCulture)}{Encoding.ASCII.GetString(End)}";
}
