// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Protocols.Http;

/// <summary>
/// What a viewer asked, before its body: one shape for every protocol version, reused from request to request. The target is
/// kept byte for byte as it was received, because key and origin see it so (DP-3.6).
/// </summary>
public sealed class RequestHead
{
    /// <summary>Most targets are no longer.</summary>
    private const int OnStack = 512;

    private byte[] _target = new byte[256];
    private int _targetLength;
    private int _pathLength;
    private byte[] _received = [];
    private int _receivedLength;
    private int _receivedPathLength;
    private string _lastHost = "";

    /// <summary>The method token as received.</summary>
    public string MethodToken { get; private set; } = "GET";

    public RequestMethod Method { get; private set; }

    public HttpVersion Version { get; set; } = HttpVersion.Http11;

    /// <summary>True when the viewer's connection is TLS.</summary>
    public bool IsHttps { get; set; }

    /// <summary>The Host header or <c>:authority</c> as received, with its port; empty when absent.</summary>
    public string Host { get; set; } = "";

    /// <summary>The fields as received, without pseudo-headers; <c>Host</c> is among them.</summary>
    public HeaderList Headers { get; } = new();

    /// <summary>Origin-form target: path, and <c>?query</c> when there is one.</summary>
    public ReadOnlySpan<byte> Target => _target.AsSpan(0, _targetLength);

    public ReadOnlySpan<byte> Path => _target.AsSpan(0, _pathLength);

    /// <summary>What follows the first <c>?</c>; empty for none and for an empty query, which <see cref="HasQuery"/> tells apart.</summary>
    public ReadOnlySpan<byte> Query => HasQuery ? _target.AsSpan(_pathLength + 1, _targetLength - _pathLength - 1) : default;

    public bool HasQuery => _pathLength < _targetLength;

    /// <summary>As it came, whatever <see cref="SetPath"/> has made of it.</summary>
    public ReadOnlySpan<byte> ReceivedPath => _receivedLength > 0 ? _received.AsSpan(0, _receivedPathLength) : Path;

    /// <summary>The query as it came, whatever <see cref="SetQuery"/> has made of it.</summary>
    public ReadOnlySpan<byte> ReceivedQuery =>
        _receivedLength == 0 ? Query : HasReceivedQuery ? _received.AsSpan(_receivedPathLength + 1, _receivedLength - _receivedPathLength - 1) : default;

    public bool HasReceivedQuery => _receivedLength == 0 ? HasQuery : _receivedPathLength < _receivedLength;

    public string TargetText => Encoding.Latin1.GetString(Target);

    public string PathText => Encoding.Latin1.GetString(Path);

    public void SetMethod(string token)
    {
        MethodToken = token;
        Method = RequestMethods.Parse(token);
    }

    /// <summary>Sets <see cref="Host"/>. The one before it given again costs no new string: connections ask for few hosts.</summary>
    public void SetHost(ReadOnlySpan<byte> host)
    {
        if (!Ascii.Equals(host, _lastHost))
        {
            _lastHost = Encoding.Latin1.GetString(host);
        }

        Host = _lastHost;
    }

    /// <summary>The target as received.</summary>
    public void SetTarget(ReadOnlySpan<byte> target)
    {
        _receivedLength = 0;
        Replace(target);
    }

    /// <summary>Replaces the path and keeps the query, as the default root object does (DP-3.9).</summary>
    public void SetPath(ReadOnlySpan<byte> path)
    {
        KeepReceived();
        var query = _targetLength - _pathLength;
        var target = path.Length + query <= OnStack ? stackalloc byte[OnStack] : new byte[path.Length + query];
        path.CopyTo(target);
        _target.AsSpan(_pathLength, query).CopyTo(target[path.Length..]);
        Replace(target[..(path.Length + query)]);
    }

    /// <summary>Replaces the query and keeps the path, as taking off what signs a URL does (DP-24.13).</summary>
    /// <param name="query">Not a part of this head.</param>
    /// <param name="hasQuery">Tells an empty query from none.</param>
    public void SetQuery(ReadOnlySpan<byte> query, bool hasQuery)
    {
        KeepReceived();
        var length = hasQuery ? _pathLength + 1 + query.Length : _pathLength;
        if (length > _target.Length)
        {
            Array.Resize(ref _target, length);
        }

        if (hasQuery)
        {
            _target[_pathLength] = (byte)'?';
            query.CopyTo(_target.AsSpan(_pathLength + 1));
        }

        _targetLength = length;
    }

    public void Reset()
    {
        SetMethod("GET");
        SetTarget("/"u8);
        Version = HttpVersion.Http11;
        IsHttps = false;
        Host = "";
        Headers.Clear();
    }

    private void KeepReceived()
    {
        if (_receivedLength == 0)
        {
            _received = _received.Length < _targetLength ? Target.ToArray() : _received;
            Target.CopyTo(_received);
            (_receivedLength, _receivedPathLength) = (_targetLength, _pathLength);
        }
    }

    private void Replace(ReadOnlySpan<byte> target)
    {
        if (target.Length > _target.Length)
        {
            _target = new byte[target.Length];
        }

        target.CopyTo(_target);
        _targetLength = target.Length;
        _pathLength = target.IndexOf((byte)'?') is >= 0 and var question ? question : target.Length;
    }
}
