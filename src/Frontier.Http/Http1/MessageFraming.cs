// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>Where a message's body ends, decided from its head alone (RFC 9112, section 6.3).</summary>
/// <param name="Length">Bytes, for <see cref="BodyKind.Length"/>; 0 otherwise.</param>
public readonly record struct MessageFraming(BodyKind Kind, long Length, FramingRefusal Refusal)
{
    public static readonly MessageFraming None;

    public static readonly MessageFraming Chunked = new(BodyKind.Chunked, 0, FramingRefusal.None);

    public static readonly MessageFraming UntilClose = new(BodyKind.UntilClose, 0, FramingRefusal.None);

    /// <summary>A body of that many bytes, 0 included: the field is written then.</summary>
    public static MessageFraming OfLength(long length) => new(BodyKind.Length, length, FramingRefusal.None);

    /// <summary>A request without either field has no body.</summary>
    public static MessageFraming OfRequest(RequestHead head)
    {
        var declared = Declared(head.Headers, head.Version);
        return declared.Kind is BodyKind.UntilClose ? None : declared;
    }

    /// <summary>
    /// A response to HEAD, and any with status 1xx, 204 or 304, has no body whatever its fields say; contradictory fields are
    /// refused even there, as nothing else such an origin says can be trusted.
    /// </summary>
    public static MessageFraming OfResponse(ResponseHead head, HttpVersion version, bool toHead)
    {
        var declared = Declared(head.Headers, version);
        var bodiless = toHead || head.Status is < 200 or 204 or 304;
        return bodiless && declared.Refusal is FramingRefusal.None ? None : declared;
    }

    /// <summary>What the fields say; <see cref="BodyKind.UntilClose"/> when they say nothing.</summary>
    private static MessageFraming Declared(HeaderList headers, HttpVersion version)
    {
        var coding = headers.IndexOf("transfer-encoding"u8);
        var length = headers.IndexOf("content-length"u8);
        if (coding >= 0)
        {
            return length >= 0 ? Refused(FramingRefusal.LengthAndTransferEncoding)
                : version is HttpVersion.Http10 ? Refused(FramingRefusal.TransferEncodingInHttp10)
                : headers.IndexOf("transfer-encoding"u8, coding + 1) >= 0 ? Refused(FramingRefusal.UnsupportedTransferEncoding)
                : System.Text.Ascii.EqualsIgnoreCase(headers.Value(coding), "chunked"u8) ? Chunked
                : Refused(FramingRefusal.UnsupportedTransferEncoding);
        }

        if (length < 0)
        {
            return UntilClose;
        }

        var digits = headers.Value(length);
        return headers.IndexOf("content-length"u8, length + 1) >= 0 || digits.Contains((byte)',')
                ? Refused(FramingRefusal.DuplicateContentLength)
            : TryParseLength(digits, out var bytes) ? OfLength(bytes)
            : Refused(FramingRefusal.InvalidContentLength);
    }

    private static MessageFraming Refused(FramingRefusal refusal) => new(BodyKind.None, 0, refusal);

    /// <summary>Digits only (no sign, no white space), as <c>long.TryParse</c> alone would not insist.</summary>
    private static bool TryParseLength(ReadOnlySpan<byte> digits, out long length)
    {
        length = 0;
        return !digits.IsEmpty
            && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && System.Buffers.Text.Utf8Parser.TryParse(digits, out length, out var used)
            && used == digits.Length;
    }
}
