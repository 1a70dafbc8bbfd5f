// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Frontier.Testing;

namespace Frontier.Http.Tests.Transport;

/// <summary>A viewer that sends what it is told and reads only when it is told, plain or under TLS. Every wait is bounded.</summary>
internal sealed class RawViewer : IDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[65_536];
    private int _start;
    private int _end;

    private RawViewer(Socket socket, Stream stream) => (_socket, _stream) = (socket, stream);

    /// <summary>Whether the connection ended by a reset, seen by reading.</summary>
    public bool WasReset { get; private set; }

    public static async Task<RawViewer> ConnectAsync(TestServer server, int receiveBytes = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBytes > 0)
        {
            socket.ReceiveBufferSize = receiveBytes;
        }

        await socket.ConnectAsync(server.Http);
        return new RawViewer(socket, new NetworkStream(socket, ownsSocket: true));
    }

    public static Task<RawViewer> ConnectTlsAsync(TestServer server, params IReadOnlyList<SslApplicationProtocol> protocols) => ConnectTlsAsync(server, Options(protocols));

    public static async Task<RawViewer> ConnectTlsAsync(TestServer server, SslClientAuthenticationOptions options)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Https);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(options);
        return new RawViewer(socket, tls);
    }

    public static Task<RawViewer> ConnectAsync(TestServer server, bool isSecure) => isSecure ? ConnectTlsAsync(server, SslApplicationProtocol.Http11) : ConnectAsync(server);

    public static SslClientAuthenticationOptions Options(params IReadOnlyList<SslApplicationProtocol> protocols) => new()
    {
        TargetHost = TestServer.Name,
        ApplicationProtocols = protocols.Count == 0 ? null : [.. protocols],
        CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { TestServer.Root } },
    };

    public SslApplicationProtocol Protocol => ((SslStream)_stream).NegotiatedApplicationProtocol;

    public Task GetAsync(string target, params IReadOnlyList<string> lines) =>
        SendAsync($"GET {target} HTTP/1.1\r\nHost: a\r\n{string.Concat(lines.Select(static line => line + "\r\n"))}\r\n");

    public Task SendAsync(string latin1) => SendAsync(Encoding.Latin1.GetBytes(latin1));

    /// <summary>Sends all, or what the server takes before it closes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        try
        {
            await _stream.WriteAsync(bytes, patience.Token);
        }
        catch (IOException)
        {
            // Seen by what can be read.
        }
    }

    /// <summary>Status line and fields with their empty line; what there was of it at the end.</summary>
    public Task<string> ReadHeadAsync() => ReadUntilAsync("\r\n\r\n");

    /// <summary>A whole answer, by what its head says of its length.</summary>
    public async Task<RawAnswer> ReadAnswerAsync(string method = "GET")
    {
        var head = await ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 ", head, StringComparison.Ordinal);
        var answer = new RawAnswer(head, "", "");
        if (method == "HEAD" || answer.Status is < 200 or 204 or 304)
        {
            return answer;
        }

        if (answer.Has("Transfer-Encoding: chunked"))
        {
            return await ReadChunksAsync(answer);
        }

        var at = head.IndexOf("\r\nContent-Length: ", StringComparison.Ordinal);
        var body = at < 0
            ? await ReadToEndAsync()
            : Encoding.Latin1.GetString(await ReadExactlyAsync(int.Parse(head[(at + 18)..head.IndexOf('\r', at + 18)], CultureInfo.InvariantCulture)));
        return answer with { Body = body };
    }

    /// <summary>That many bytes, or those there were before the end.</summary>
    public async Task<byte[]> ReadExactlyAsync(int count)
    {
        var bytes = new byte[count];
        var at = 0;
        while (at < count && await FillAsync())
        {
            var part = Math.Min(count - at, _end - _start);
            _buffer.AsSpan(_start, part).CopyTo(bytes.AsSpan(at));
            _start += part;
            at += part;
        }

        return bytes[..at];
    }

    /// <summary>Everything until the connection ends, in order or by a reset.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var all = new StringBuilder();
        while (await FillAsync())
        {
            all.Append(Encoding.Latin1.GetString(_buffer, _start, _end - _start));
            _start = _end;
        }

        return all.ToString();
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Leaves with a reset.</summary>
    public void Reset() => _socket.Close(0);

    public void Dispose() => _stream.Dispose();

    private async Task<RawAnswer> ReadChunksAsync(RawAnswer answer)
    {
        var body = new StringBuilder();
        while (true)
        {
            var size = int.Parse((await ReadUntilAsync("\r\n"))[..^2], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                break;
            }

            body.Append(Encoding.Latin1.GetString(await ReadExactlyAsync(size)));
            Assert.Equal("\r\n", await ReadUntilAsync("\r\n"));
        }

        var trailers = new StringBuilder();
        while (await ReadUntilAsync("\r\n") is not "\r\n" and var line)
        {
            Assert.EndsWith("\r\n", line, StringComparison.Ordinal);
            trailers.Append(line);
        }

        return answer with { Body = body.ToString(), Trailers = trailers.ToString() };
    }

    private async Task<string> ReadUntilAsync(string end)
    {
        var text = new StringBuilder();
        while (await FillAsync())
        {
            text.Append((char)_buffer[_start++]);
            if (text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end)
            {
                break;
            }
        }

        return text.ToString();
    }

    /// <summary>False at the end.</summary>
    private async Task<bool> FillAsync()
    {
        if (_start < _end)
        {
            return true;
        }

        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        try
        {
            (_start, _end) = (0, await _stream.ReadAsync(_buffer, patience.Token));
        }
        catch (IOException)
        {
            (WasReset, _end) = (true, 0);
        }

        return _end > 0;
    }
}
