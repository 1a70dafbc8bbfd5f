// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Text;

namespace Frontier.Decisions.Delivery;

/// <summary>The content types that an edge compresses (§20).</summary>
public static class CompressibleTypes
{
    public static IReadOnlyCollection<string> All => Types;

    private static readonly FrozenSet<string> Types = new[]
    {
        "application/dash+xml", "application/eot", "application/font", "application/font-sfnt", "application/javascript", "application/json", "application/opentype",
        "application/otf", "application/pdf", "application/pkcs7-mime", "application/protobuf", "application/rss+xml", "application/truetype", "application/ttf",
        "application/vnd.apple.mpegurl", "application/vnd.mapbox-vector-tile", "application/vnd.ms-fontobject", "application/wasm", "application/xhtml+xml", "application/xml",
        "application/x-font-opentype", "application/x-font-truetype", "application/x-font-ttf", "application/x-httpd-cgi", "application/x-javascript", "application/x-mpegurl",
        "application/x-opentype", "application/x-otf", "application/x-perl", "application/x-ttf", "font/eot", "font/opentype", "font/otf", "font/ttf", "image/svg+xml",
        "text/css", "text/csv", "text/html", "text/javascript", "text/js", "text/plain", "text/richtext", "text/tab-separated-values", "text/xml", "text/x-component",
        "text/x-java-source", "text/x-script", "vnd.apple.mpegurl",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly int Longest = Types.Max(static type => type.Length);

    /// <param name="contentType">A Content-Type field; its parameters do not count.</param>
    public static bool Contains(ReadOnlySpan<byte> contentType)
    {
        var semicolon = contentType.IndexOf((byte)';');
        var type = (semicolon < 0 ? contentType : contentType[..semicolon]).Trim(" \t"u8);
        Span<char> text = stackalloc char[Longest];
        return type.Length <= Longest && Types.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..Encoding.Latin1.GetChars(type, text)]);
    }
}
