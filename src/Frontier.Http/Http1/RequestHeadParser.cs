// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>
/// Reads request line and fields of a request (RFC 9112, sections 3 and 5), strictly and incrementally: give it everything
/// received since the head's first byte, again and again, until it is not <see cref="HeadParseStatus.NeedMore"/>. Where the
/// bytes are split changes nothing. One empty line before the request line is passed over (RFC 9112, section 2.2).
/// The head given is empty at first and filled line by line. Not thread-safe; <see cref="Reset"/> before the next head.
/// </summary>
public sealed class RequestHeadParser
{
    private HeadLineReader _lines;
    private bool _sawEmptyLine;
    private bool _started;
    private bool _hostFromTarget;

    /// <summary>Why the head was refused; sticky until <see cref="Reset"/>.</summary>
    public HeadRefusal Refusal { get; private set; }

    /// <summary>The head's length, with the empty line, once it is complete; what follows belongs to the body.</summary>
    public int ConsumedBytes => _lines.Position;

    public HeadParseStatus Parse(ReadOnlySpan<byte> buffered, RequestHead head)
    {
        while (Refusal is HeadRefusal.None)
        {
            var status = _lines.Next(buffered, out var line, out var refusal);
            if (status is HeadParseStatus.NeedMore)
            {
                return status;
            }

            if (status is HeadParseStatus.Refused)
            {
                Refusal = refusal is HeadRefusal.TooBig && !_started ? HeadRefusal.TargetTooLong : refusal;
            }
            else if (!_started)
            {
                Start(line, head);
            }
            else if (!line.IsEmpty)
            {
                Refusal = FieldLine.Add(line, head.Headers);
            }
            else
            {
                Refusal = CheckHost(head);
                return Refusal is HeadRefusal.None ? HeadParseStatus.Complete : HeadParseStatus.Refused;
            }
        }

        return HeadParseStatus.Refused;
    }

    public void Reset()
    {
        _lines = default;
        _sawEmptyLine = false;
        _started = false;
        _hostFromTarget = false;
        Refusal = HeadRefusal.None;
    }

    private void Start(ReadOnlySpan<byte> line, RequestHead head)
    {
        if (line.IsEmpty && !_sawEmptyLine)
        {
            _sawEmptyLine = true;
            return;
        }

        _started = true;
        Refusal = ParseRequestLine(line, head);
    }

    private HeadRefusal ParseRequestLine(ReadOnlySpan<byte> line, RequestHead head)
    {
        var afterMethod = line.IndexOf((byte)' ');
        var beforeVersion = line.LastIndexOf((byte)' ');
        if (afterMethod < 0 || beforeVersion == afterMethod)
        {
            return HeadRefusal.InvalidStartLine;
        }

        var method = line[..afterMethod];
        if (!Http1Bytes.IsToken(method))
        {
            return HeadRefusal.InvalidMethod;
        }

        if (!StartLine.TryParseVersion(line[(beforeVersion + 1)..], out var version))
        {
            return HeadRefusal.UnsupportedVersion;
        }

        head.SetMethod(KnownMethod(method) ?? System.Text.Encoding.ASCII.GetString(method));
        head.Version = version;
        return ParseTarget(line[(afterMethod + 1)..beforeVersion], head);
    }

    /// <summary>
    /// The forms of RFC 9112, section 3.2. Absolute form is reduced to origin form, its authority standing for Host; authority
    /// form belongs to CONNECT, which a CDN has no use for, and is refused.
    /// </summary>
    private HeadRefusal ParseTarget(ReadOnlySpan<byte> target, RequestHead head)
    {
        if (!Http1Bytes.IsTarget(target))
        {
            return HeadRefusal.InvalidTarget;
        }

        if (target[0] != (byte)'/' && TrySplitAbsoluteForm(target, out var authority, out var rest))
        {
            if (!IsAuthority(authority))
            {
                return HeadRefusal.InvalidHost;
            }

            head.SetHost(authority);
            _hostFromTarget = true;
            target = rest;
        }

        if (target.Length > Http1Limits.TargetBytes)
        {
            return HeadRefusal.TargetTooLong;
        }

        if (target.IsEmpty)
        {
            target = head.Method is RequestMethod.Options ? "*"u8 : "/"u8;
        }

        if (target[0] == (byte)'?' && _hostFromTarget)
        {
            Span<byte> rooted = stackalloc byte[1 + Http1Limits.TargetBytes];
            rooted[0] = (byte)'/';
            target.CopyTo(rooted[1..]);
            head.SetTarget(rooted[..(target.Length + 1)]);
            return HeadRefusal.None;
        }

        head.SetTarget(target);
        var isAsterisk = target.SequenceEqual("*"u8) && head.Method is RequestMethod.Options;
        return target[0] == (byte)'/' || isAsterisk ? HeadRefusal.None : HeadRefusal.InvalidTarget;
    }

    private static bool TrySplitAbsoluteForm(ReadOnlySpan<byte> target, out ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> rest)
    {
        authority = default;
        rest = default;
        var scheme = StartsWith(target, "http://"u8) ? 7 : StartsWith(target, "https://"u8) ? 8 : 0;
        if (scheme == 0)
        {
            return false;
        }

        var afterScheme = target[scheme..];
        var end = afterScheme.IndexOfAny((byte)'/', (byte)'?') is >= 0 and var at ? at : afterScheme.Length;
        authority = afterScheme[..end];
        rest = afterScheme[end..];
        return true;
    }

    private static bool StartsWith(ReadOnlySpan<byte> target, ReadOnlySpan<byte> scheme) =>
        target.Length >= scheme.Length && System.Text.Ascii.EqualsIgnoreCase(target[..scheme.Length], scheme);

    /// <summary>Exactly one Host in HTTP/1.1, at most one in 1.0; an absolute target's authority is the same (RFC 9112, section 3.2.2).</summary>
    private HeadRefusal CheckHost(RequestHead head)
    {
        var index = head.Headers.IndexOf("host"u8);
        if (index < 0)
        {
            return head.Version is HttpVersion.Http10 ? HeadRefusal.None : HeadRefusal.MissingHost;
        }

        if (head.Headers.IndexOf("host"u8, index + 1) >= 0)
        {
            return HeadRefusal.DuplicateHost;
        }

        if (!IsAuthority(head.Headers.Value(index)))
        {
            return HeadRefusal.InvalidHost;
        }

        if (_hostFromTarget)
        {
            // Who asks for two hosts at once wants somebody on the way to see another one than we do.
            return System.Text.Ascii.EqualsIgnoreCase(head.Headers.Value(index), head.Host) ? HeadRefusal.None : HeadRefusal.InvalidHost;
        }

        head.SetHost(head.Headers.Value(index));
        return HeadRefusal.None;
    }

    private static bool IsAuthority(ReadOnlySpan<byte> host) => !host.IsEmpty && !host.ContainsAnyExcept(Http1Bytes.Authority);

    /// <summary>A shared string for the methods that a CDN sees all day.</summary>
    private static string? KnownMethod(ReadOnlySpan<byte> method) =>
        method.SequenceEqual("GET"u8) ? "GET"
        : method.SequenceEqual("HEAD"u8) ? "HEAD"
        : method.SequenceEqual("POST"u8) ? "POST"
        : method.SequenceEqual("PUT"u8) ? "PUT"
        : method.SequenceEqual("OPTIONS"u8) ? "OPTIONS"
        : method.SequenceEqual("PATCH"u8) ? "PATCH"
        : method.SequenceEqual("DELETE"u8) ? "DELETE"
        : null;
}
