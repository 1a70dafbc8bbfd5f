// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Frontier.Http.Http1;
using Frontier.Http.Http2.Hpack;
using Frontier.Protocols.Http;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Http.Http2;

/// <summary>
/// Puts a request's head together from the fields of its block (RFC 9113, section 8.3.1), as it would have come over HTTP/1.1:
/// pseudo-headers become method and target, <c>:authority</c> becomes Host, and cookies become one field again. One for each
/// connection, used for one head after the other.
/// </summary>
internal sealed class RequestFields : IFieldSink
{
    /// <summary>What a request line and the empty line take over HTTP/1.1 beside method and target, so that one bound fits both.</summary>
    private const int LineBytes = 14;

    /// <summary><c>": "</c> and the end of the line.</summary>
    private const int FieldBytes = 4;

    /// <summary>Of a handshake's key, before it is encoded (RFC 6455, section 4.1).</summary>
    private const int KeyBytes = 16;

    private RequestHead _head = null!;
    private byte[] _cookies = [];
    private int _cookieBytes;
    private string _lastMethod = "GET";
    private Parts _parts;
    private bool _isMalformed;
    private bool _isUnservable;
    private bool _isTargetTooLong;
    private long _wireBytes;

    [Flags]
    private enum Parts
    {
        None = 0,
        Method = 1,
        Scheme = 2,
        Path = 4,
        Authority = 8,
        Protocol = 16,
        Host = 32,
        Fields = 64,
        Length = 128,
        Priority = 256,
        Connect = 512,
    }

    /// <summary>What the head says of its body's length; null when it says nothing.</summary>
    public long? ContentLength { get; private set; }

    public PriorityField Priority { get; private set; }

    /// <summary>Whether the viewer named a priority, its defaults included.</summary>
    public bool HasPriority => (_parts & Parts.Priority) != 0;

    /// <summary>An extended CONNECT (RFC 8441, section 4) to a WebSocket.</summary>
    public bool IsWebSocket { get; private set; }

    /// <param name="head">To fill. It was reset.</param>
    /// <param name="isHttps">What the connection is; another scheme than its own makes a request malformed.</param>
    public void Begin(RequestHead head, bool isHttps)
    {
        _head = head;
        _head.Version = HttpVersion.Http2;
        _head.IsHttps = isHttps;
        _parts = Parts.None;
        _cookieBytes = 0;
        _isMalformed = false;
        _isUnservable = false;
        _isTargetTooLong = false;
        _wireBytes = LineBytes;
        ContentLength = null;
        Priority = PriorityField.Unsaid;
        IsWebSocket = false;
    }

    public void Add(FieldKind kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (kind)
        {
            case FieldKind.Method:
                SetMethod(value);
                break;
            case FieldKind.Scheme:
                Take(Parts.Scheme);
                _isMalformed |= !Ascii.EqualsIgnoreCase(value, _head.IsHttps ? "https"u8 : "http"u8);
                break;
            case FieldKind.Authority:
                Take(Parts.Authority);
                SetHost(value);
                break;
            case FieldKind.Path:
                SetTarget(value);
                break;
            case FieldKind.Protocol:
                Take(Parts.Protocol);
                IsWebSocket = value.SequenceEqual("websocket"u8);
                break;
            case FieldKind.Host:
                AddHost(value);
                break;
            case FieldKind.Cookie:
                _parts |= Parts.Fields;
                AddCookie(value);
                break;
            case FieldKind.ContentLength:
                SetLength(value);
                AddField(name, value);
                break;
            case FieldKind.Priority:
                _parts |= Parts.Fields | Parts.Priority;
                Priority = PriorityField.Parse(value);
                AddField(name, value);
                break;
            case FieldKind.Ordinary or FieldKind.TransferExtensions:
                _parts |= Parts.Fields;
                AddField(name, value);
                break;
            case FieldKind.Malformed:
                _isMalformed = true;
                break;
        }
    }

    /// <summary>Ends the head. What it is when it is not sound may be there in part only.</summary>
    /// <param name="endsStream">Whether no body follows.</param>
    public HeadVerdict End(bool endsStream)
    {
        if (_cookieBytes > 0)
        {
            AddField("cookie"u8, _cookies.AsSpan(0, _cookieBytes));
        }

        var verdict = Judge(endsStream);
        if (verdict is HeadVerdict.Sound && IsWebSocket)
        {
            BecomeHandshake();
        }

        return verdict;
    }

    private HeadVerdict Judge(bool endsStream)
    {
        var isConnect = (_parts & Parts.Connect) != 0;
        var isExtended = (_parts & Parts.Protocol) != 0;
        if (_isMalformed || (isExtended && !isConnect) || (endsStream && ContentLength > 0))
        {
            return HeadVerdict.Malformed;
        }

        const Parts Needed = Parts.Method | Parts.Scheme | Parts.Path;
        if (isConnect && !isExtended)
        {
            // RFC 9113, section 8.5. A CDN is no proxy for it.
            return (_parts & (Needed | Parts.Authority)) == (Parts.Method | Parts.Authority) ? HeadVerdict.Unservable : HeadVerdict.Malformed;
        }

        return (_parts & Needed) != Needed || (isExtended && (_parts & Parts.Authority) == 0) ? HeadVerdict.Malformed
            : _isTargetTooLong ? HeadVerdict.TargetTooLong
            : _wireBytes > Http1Limits.HeadBytes ? HeadVerdict.TooBig
            : _isUnservable || _head.Host.Length == 0 || isExtended != IsWebSocket ? HeadVerdict.Unservable
            : HeadVerdict.Sound;
    }

    /// <summary>The handshake of HTTP/1.1, which origins know, with the key of which HTTP/2 has no need (RFC 8441, section 5).</summary>
    private void BecomeHandshake()
    {
        _head.SetMethod("GET");
        if (!_head.Headers.Contains("sec-websocket-key"u8))
        {
            _head.Headers.Add("Sec-WebSocket-Key"u8, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))));
        }
    }

    /// <summary>A pseudo-header, once only and before all fields (RFC 9113, section 8.3).</summary>
    private void Take(Parts part)
    {
        _isMalformed |= (_parts & (part | Parts.Fields)) != 0;
        _parts |= part;
    }

    private void SetMethod(ReadOnlySpan<byte> value)
    {
        Take(value.SequenceEqual("CONNECT"u8) ? Parts.Method | Parts.Connect : Parts.Method);
        _isMalformed |= !Http1Bytes.IsToken(value);
        _wireBytes += value.Length;
        if (_wireBytes > Http1Limits.HeadBytes || value.SequenceEqual("GET"u8))
        {
            return; // as it is after a reset
        }

        if (!Ascii.Equals(value, _lastMethod))
        {
            _lastMethod = Encoding.Latin1.GetString(value);
        }

        _head.SetMethod(_lastMethod);
    }

    private void SetTarget(ReadOnlySpan<byte> value)
    {
        Take(Parts.Path);
        _isMalformed |= value.IsEmpty;
        _isUnservable |= value is not [(byte)'/', ..] || !Http1Bytes.IsTarget(value);
        _isTargetTooLong = value.Length > Http1Limits.TargetBytes;
        _wireBytes += value.Length;
        if (!_isTargetTooLong && !_isUnservable)
        {
            _head.SetTarget(value);
        }
    }

    private void SetHost(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.ContainsAnyExcept(Http1Bytes.Authority))
        {
            _isMalformed = true;
        }
        else if (AddField("host"u8, value))
        {
            _head.SetHost(value);
        }
    }

    /// <summary>Beside <c>:authority</c> a Host must say the same (RFC 9113, section 8.3.1).</summary>
    private void AddHost(ReadOnlySpan<byte> value)
    {
        _isMalformed |= (_parts & Parts.Host) != 0;
        _parts |= Parts.Host | Parts.Fields;
        if ((_parts & Parts.Authority) == 0)
        {
            SetHost(value);
        }
        else
        {
            _isMalformed |= !Ascii.EqualsIgnoreCase(value, _head.Host);
        }
    }

    /// <summary>Cookies come in several fields, to compress better; elsewhere they are one (RFC 9113, section 8.2.3).</summary>
    private void AddCookie(ReadOnlySpan<byte> value)
    {
        var needed = _cookieBytes + 2 + value.Length;
        if (needed > Http1Limits.HeadBytes)
        {
            _wireBytes += needed;
            return;
        }

        if (needed > _cookies.Length)
        {
            Array.Resize(ref _cookies, Math.Max(needed, 2 * _cookies.Length));
        }

        if (_cookieBytes > 0)
        {
            "; "u8.CopyTo(_cookies.AsSpan(_cookieBytes));
            _cookieBytes += 2;
        }

        value.CopyTo(_cookies.AsSpan(_cookieBytes));
        _cookieBytes += value.Length;
    }

    /// <summary>Digits, once (RFC 9110, section 8.6): whatever else might be read as another length elsewhere.</summary>
    private void SetLength(ReadOnlySpan<byte> value)
    {
        var isLength = !value.ContainsAnyExceptInRange((byte)'0', (byte)'9') & Utf8Parser.TryParse(value, out long length, out var used) && used == value.Length;
        _isMalformed |= !isLength || (_parts & Parts.Length) != 0;
        _parts |= Parts.Length | Parts.Fields;
        ContentLength = length;
    }

    /// <summary>False when the head has become too long; it is counted on, but no longer kept.</summary>
    private bool AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _wireBytes += name.Length + value.Length + FieldBytes;
        if (_wireBytes > Http1Limits.HeadBytes)
        {
            return false;
        }

        _head.Headers.Add(name, value);
        return true;
    }
}
