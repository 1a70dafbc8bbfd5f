// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Http.Http1;

namespace Frontier.Http.Http2.Hpack;

/// <summary>What a field of a request is to whoever puts the head together. Told once for each entry of a table.</summary>
internal enum FieldKind : byte
{
    Ordinary,
    Method,
    Scheme,
    Authority,
    Path,
    Protocol,
    Host,
    Cookie,
    ContentLength,
    Priority,
    TransferExtensions,

    /// <summary>Makes its request malformed: a pseudo-header that requests do not have, a field of connections, or bytes that no field has (RFC 9113, sections 8.2 and 8.3).</summary>
    Malformed,
}

internal static class FieldKinds
{
    /// <summary>A token in lower case (RFC 9113, section 8.2.1).</summary>
    private static readonly SearchValues<byte> LowerToken = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"u8);

    public static FieldKind OfName(ReadOnlySpan<byte> name)
    {
        switch (name.Length)
        {
            case 0:
                return FieldKind.Malformed;
            case 2 when name.SequenceEqual("te"u8):
                return FieldKind.TransferExtensions;
            case 4 when name.SequenceEqual("host"u8):
                return FieldKind.Host;
            case 5 when name.SequenceEqual(":path"u8):
                return FieldKind.Path;
            case 6 when name.SequenceEqual("cookie"u8):
                return FieldKind.Cookie;
            case 7 when name.SequenceEqual(":method"u8):
                return FieldKind.Method;
            case 7 when name.SequenceEqual(":scheme"u8):
                return FieldKind.Scheme;
            case 8 when name.SequenceEqual("priority"u8):
                return FieldKind.Priority;
            case 9 when name.SequenceEqual(":protocol"u8):
                return FieldKind.Protocol;
            case 10 when name.SequenceEqual(":authority"u8):
                return FieldKind.Authority;
            case 14 when name.SequenceEqual("content-length"u8):
                return FieldKind.ContentLength;
            default:
                return IsOfConnections(name) || name.ContainsAnyExcept(LowerToken) ? FieldKind.Malformed : FieldKind.Ordinary;
        }
    }

    /// <summary>What a field with such a name is, its value considered (RFC 9113, sections 8.2.1 and 8.2.2).</summary>
    public static FieldKind WithValue(FieldKind name, ReadOnlySpan<byte> value) =>
        value.ContainsAny(Http1Bytes.NotInValue) || value is [(byte)' ' or (byte)'\t', ..] or [.., (byte)' ' or (byte)'\t']
            || (name is FieldKind.TransferExtensions && !System.Text.Ascii.EqualsIgnoreCase(value, "trailers"u8))
            ? FieldKind.Malformed
            : name;

    /// <summary>Fields that only one connection of HTTP/1.1 has use for (RFC 9113, section 8.2.2).</summary>
    public static bool IsOfConnections(ReadOnlySpan<byte> name) => name.Length switch
    {
        7 => System.Text.Ascii.EqualsIgnoreCase(name, "upgrade"u8),
        10 => System.Text.Ascii.EqualsIgnoreCase(name, "connection"u8) || System.Text.Ascii.EqualsIgnoreCase(name, "keep-alive"u8),
        16 => System.Text.Ascii.EqualsIgnoreCase(name, "proxy-connection"u8),
        17 => System.Text.Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8),
        _ => false,
    };
}
