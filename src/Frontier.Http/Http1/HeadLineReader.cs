// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http1;

/// <summary>
/// Takes the lines of a head out of a buffer that grows at its end. It remembers how far it looked, so that a head that
/// arrives byte by byte costs no more than one that arrives whole.
/// </summary>
internal struct HeadLineReader
{
    private int _scanned;

    /// <summary>Where the next line begins: the bytes of the lines taken so far.</summary>
    public int Position { get; private set; }

    /// <summary>The next line without its CRLF. Lines that do not end within <see cref="Http1Limits.HeadBytes"/> are refused.</summary>
    public HeadParseStatus Next(ReadOnlySpan<byte> buffered, out ReadOnlySpan<byte> line, out HeadRefusal refusal)
    {
        line = default;
        refusal = HeadRefusal.None;
        var window = buffered[..Math.Min(buffered.Length, Http1Limits.HeadBytes)];
        var at = window[_scanned..].IndexOf((byte)'\n');
        if (at < 0)
        {
            _scanned = window.Length;
            refusal = window.Length == Http1Limits.HeadBytes ? HeadRefusal.TooBig : HeadRefusal.None;
            return refusal is HeadRefusal.None ? HeadParseStatus.NeedMore : HeadParseStatus.Refused;
        }

        var whole = window[Position..(_scanned + at)];
        _scanned += at + 1;
        Position = _scanned;
        if (whole is not [.. var text, (byte)'\r'])
        {
            refusal = HeadRefusal.BareLineFeed;
            return HeadParseStatus.Refused;
        }

        line = text;
        return HeadParseStatus.Complete;
    }
}
