// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>
/// Reads status line and fields of a response (RFC 9112, sections 4 and 5), strictly and incrementally: give it everything
/// received since the head's first byte, again and again, until it is not <see cref="HeadParseStatus.NeedMore"/>. Where the
/// bytes are split changes nothing. The head given is empty at first and filled line by line. Not thread-safe; <see cref="Reset"/> before the next head.
/// </summary>
public sealed class ResponseHeadParser
{
    private HeadLineReader _lines;
    private bool _started;

    /// <summary>Why the head was refused; sticky until <see cref="Reset"/>.</summary>
    public HeadRefusal Refusal { get; private set; }

    /// <summary>The version of the status line.</summary>
    public HttpVersion Version { get; private set; }

    /// <summary>The head's length, with the empty line, once it is complete; what follows belongs to the body.</summary>
    public int ConsumedBytes => _lines.Position;

    public HeadParseStatus Parse(ReadOnlySpan<byte> buffered, ResponseHead head)
    {
        while (Refusal is HeadRefusal.None)
        {
            var status = _lines.Next(buffered, out var line, out var refusal);
            if (status is HeadParseStatus.NeedMore)
            {
                return status;
            }

            if (status is HeadParseStatus.Complete && _started && line.IsEmpty)
            {
                return status;
            }

            Refusal = refusal is not HeadRefusal.None ? refusal
                : _started ? FieldLine.Add(line, head.Headers)
                : ParseStatusLine(line, head);
            _started = true;
        }

        return HeadParseStatus.Refused;
    }

    public void Reset()
    {
        _lines = default;
        _started = false;
        Refusal = HeadRefusal.None;
    }

    /// <summary><c>HTTP/1.1 200 OK</c>. The reason phrase is dropped (RFC 9112, section 4: a client should ignore it); its space may be missing, as many origins write it so.</summary>
    private HeadRefusal ParseStatusLine(ReadOnlySpan<byte> line, ResponseHead head)
    {
        const int versionLength = 8;
        const int statusEnd = 12;
        if (line.Length < statusEnd || line[versionLength] != (byte)' ')
        {
            return HeadRefusal.InvalidStartLine;
        }

        if (!StartLine.TryParseVersion(line[..versionLength], out var version))
        {
            return HeadRefusal.UnsupportedVersion;
        }

        var digits = line[(versionLength + 1)..statusEnd];
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || digits[0] is < (byte)'1' or > (byte)'5')
        {
            return HeadRefusal.InvalidStatus;
        }

        if (line.Length > statusEnd && line[statusEnd] != (byte)' ')
        {
            return HeadRefusal.InvalidStatus;
        }

        Version = version;
        head.Status = ((digits[0] - '0') * 100) + ((digits[1] - '0') * 10) + (digits[2] - '0');
        return Http1Bytes.IsValue(line[statusEnd..]) ? HeadRefusal.None : HeadRefusal.InvalidFieldValue;
    }
}
