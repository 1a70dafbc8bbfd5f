// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Http.Http2.Hpack;

/// <summary>The fields that both sides know from the start (RFC 7541, appendix A), counted from 1.</summary>
internal static class HpackStaticTable
{
    public const int Count = 61;

    private static readonly (byte[] Name, byte[] Value, FieldKind Kind)[] Fields =
    [
        default, Of(":authority"), Of(":method", "GET"), Of(":method", "POST"), Of(":path", "/"), Of(":path", "/index.html"), Of(":scheme", "http"),
        Of(":scheme", "https"), Of(":status", "200"), Of(":status", "204"), Of(":status", "206"), Of(":status", "304"), Of(":status", "400"),
        Of(":status", "404"), Of(":status", "500"), Of("accept-charset"), Of("accept-encoding", "gzip, deflate"), Of("accept-language"),
        Of("accept-ranges"), Of("accept"), Of("access-control-allow-origin"), Of("age"), Of("allow"), Of("authorization"), Of("cache-control"),
        Of("content-disposition"), Of("content-encoding"), Of("content-language"), Of("content-length"), Of("content-location"),
        Of("content-range"), Of("content-type"), Of("cookie"), Of("date"), Of("etag"), Of("expect"), Of("expires"), Of("from"), Of("host"),
        Of("if-match"), Of("if-modified-since"), Of("if-none-match"), Of("if-range"), Of("if-unmodified-since"), Of("last-modified"), Of("link"),
        Of("location"), Of("max-forwards"), Of("proxy-authenticate"), Of("proxy-authorization"), Of("range"), Of("referer"), Of("refresh"),
        Of("retry-after"), Of("server"), Of("set-cookie"), Of("strict-transport-security"), Of("transfer-encoding"), Of("user-agent"), Of("vary"),
        Of("via"), Of("www-authenticate"),
    ];

    /// <summary>The first entry of each name, by the name's length.</summary>
    private static readonly byte[][] ByLength = Enumerable.Range(0, 33)
        .Select(static length => Enumerable.Range(1, Count).Where(index => Fields[index].Name.Length == length && IsFirst(index)).Select(static index => (byte)index).ToArray())
        .ToArray();

    public static ReadOnlySpan<byte> Name(int index) => Fields[index].Name;

    public static ReadOnlySpan<byte> Value(int index) => Fields[index].Value;

    /// <summary>Of a request's field.</summary>
    public static FieldKind Kind(int index) => Fields[index].Kind;

    /// <summary>The first entry of that name, in whatever case it is written; 0 for none.</summary>
    public static int Find(ReadOnlySpan<byte> name)
    {
        foreach (var index in name.Length < ByLength.Length ? ByLength[name.Length] : [])
        {
            if (Ascii.EqualsIgnoreCase(Name(index), name))
            {
                return index;
            }
        }

        return 0;
    }

    private static (byte[] Name, byte[] Value, FieldKind Kind) Of(string name, string value = "")
    {
        var bytes = Encoding.ASCII.GetBytes(name);
        return (bytes, Encoding.ASCII.GetBytes(value), FieldKinds.OfName(bytes));
    }

    private static bool IsFirst(int index) => index == 1 || !Name(index).SequenceEqual(Name(index - 1));
}
