// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Testing;

/// <summary>Serves one connection of a scripted origin: reads requests one after another and replies as their routes say.</summary>
internal sealed class ScriptedConnection(ScriptedOrigin origin, Socket socket, X509Certificate2? certificate, int number)
{
    /// <summary>Bounds what a test's upload may make the origin remember.</summary>
    private const int MaxBodyBytes = 256 << 20;

    private readonly RequestHeadParser _parser = new();
    private byte[] _buffer = new byte[65_536];
    private int _buffered;
    private Stream _stream = Stream.Null;

    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var network = new NetworkStream(socket);
            await using var stream = await SecureAsync(network, cancellationToken);
            _stream = stream;
            while (await ReadHeadAsync(cancellationToken) is { } request)
            {
                origin.Began(request);
                try
                {
                    if (!await ServeRequestAsync(request, cancellationToken))
                    {
                        return;
                    }
                }
                finally
                {
                    origin.Ended();
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            // The peer went away, did not like the certificate, or the test is over: it sees what it caused.
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream network, CancellationToken cancellationToken)
    {
        if (certificate is null)
        {
            return network;
        }

        var secure = new SslStream(network);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
        origin.Secured(secure.SslProtocol);
        return secure;
    }

    /// <summary>True when the connection stays open.</summary>
    private async Task<bool> ServeRequestAsync(ScriptedRequest request, CancellationToken cancellationToken)
    {
        var route = origin.Find(request.Path);
        var readsBody = route?.ReadsBody ?? true;
        if (readsBody)
        {
            request.Body = await ReadBodyAsync(request.Head, cancellationToken);
        }

        var reply = route?.Next(request) ?? ScriptedReply.Of(404, "No script.");
        if (reply.BeforeHead is { } gate)
        {
            await gate.PassAsync(cancellationToken);
        }

        await SendAsync(reply, toHead: request.Method == "HEAD", cancellationToken);
        if (reply.Ending is ScriptedEnding.Reset)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        return readsBody && reply.Ending is ScriptedEnding.KeepAlive;
    }

    private async Task SendAsync(ScriptedReply reply, bool toHead, CancellationToken cancellationToken)
    {
        await SendAsync(reply.Preamble, cancellationToken);
        if (reply.AfterPreamble is { } afterPreamble)
        {
            await afterPreamble.PassAsync(cancellationToken);
        }

        if (reply.Raw is { } raw)
        {
            await SendAsync(raw, cancellationToken);
            return;
        }

        var bodiless = toHead || reply.Status is 204 or 304;
        await SendAsync(Encoding.Latin1.GetBytes(Head(reply, bodiless)), cancellationToken);
        if (bodiless)
        {
            return;
        }

        var end = Math.Min(reply.EndAfter ?? int.MaxValue, reply.Body.Length);
        var at = 0;
        while (true)
        {
            if (at == reply.StallAfter && reply.StallAt is { } gate)
            {
                await gate.PassAsync(cancellationToken);
            }

            if (at == end)
            {
                break;
            }

            var length = Math.Min(reply.PieceBytes, end - at);
            length = reply.StallAfter > at ? Math.Min(length, reply.StallAfter.Value - at) : length;
            await SendPieceAsync(reply, reply.Body.Slice(at, length), cancellationToken);
            at += length;
        }

        if (reply.Framing is ScriptedFraming.Chunked && reply.EndAfter is null)
        {
            await SendAsync(Encoding.Latin1.GetBytes($"0\r\n{Fields(reply.Trailers)}\r\n"), cancellationToken);
        }
    }

    private async Task SendPieceAsync(ScriptedReply reply, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        if (reply.Framing is not ScriptedFraming.Chunked)
        {
            await SendAsync(piece, cancellationToken);
            return;
        }

        await SendAsync(Encoding.Latin1.GetBytes($"{piece.Length:x}\r\n"), cancellationToken);
        await SendAsync(piece, cancellationToken);
        await SendAsync("\r\n"u8.ToArray(), cancellationToken);
    }

    private static string Head(ScriptedReply reply, bool bodiless)
    {
        var text = new StringBuilder($"{reply.Version} {reply.Status} {reply.Reason}\r\n{Fields(reply.Headers)}");
        var declares = reply.Headers.Any(field => field.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase));
        if (reply.Framing is ScriptedFraming.Chunked && !(bodiless && reply.Status is 204 or 304))
        {
            text.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (reply.Framing is ScriptedFraming.ContentLength && !declares && reply.Status is not (204 or 304))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Length: {reply.DeclaredLength ?? reply.Body.Length}\r\n");
        }

        return text.Append(reply.Ending is ScriptedEnding.Close ? "Connection: close\r\n\r\n" : "\r\n").ToString();
    }

    private static string Fields(IReadOnlyList<(string Name, string Value)> fields) =>
        string.Concat(fields.Select(field => $"{field.Name}: {field.Value}\r\n"));

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (!bytes.IsEmpty)
        {
            await _stream.WriteAsync(bytes, cancellationToken);
            origin.Sent(bytes.Length);
        }
    }

    /// <summary>Null when the client closed, or sent what is no request (which a test sees by its missing reply).</summary>
    private async Task<ScriptedRequest?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var head = new RequestHead();
        head.Reset();
        _parser.Reset();
        while (_parser.Parse(_buffer.AsSpan(0, _buffered), head) is not HeadParseStatus.Complete)
        {
            if (_parser.Refusal is not HeadRefusal.None || !await FillAsync(cancellationToken))
            {
                return null;
            }
        }

        var raw = _buffer.AsSpan(0, _parser.ConsumedBytes).ToArray();
        Consume(_parser.ConsumedBytes);
        return new ScriptedRequest { Head = head, RawHead = raw, Connection = number };
    }

    private async Task<byte[]> ReadBodyAsync(RequestHead head, CancellationToken cancellationToken)
    {
        var framing = MessageFraming.OfRequest(head);
        using var body = new MemoryStream();
        var decoder = new ChunkedDecoder();
        var piece = new byte[16_384];
        while (framing.Kind is BodyKind.Length ? body.Length < framing.Length : framing.Kind is BodyKind.Chunked)
        {
            int consumed;
            int written;
            var ended = false;
            if (framing.Kind is BodyKind.Chunked)
            {
                ended = decoder.Decode(_buffer.AsSpan(0, _buffered), piece, out consumed, out written) is not ChunkedStatus.NeedMore;
            }
            else
            {
                consumed = written = (int)Math.Min(Math.Min(piece.Length, _buffered), framing.Length - body.Length);
                _buffer.AsSpan(0, written).CopyTo(piece);
            }

            body.Write(piece, 0, written);
            Consume(consumed);
            if (ended)
            {
                break;
            }

            if (body.Length > MaxBodyBytes || (consumed == 0 && !await FillAsync(cancellationToken)))
            {
                throw new IOException($"The request's body ended early, after {body.Length} bytes, or is too big.");
            }
        }

        return body.ToArray();
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_buffered == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_buffered), cancellationToken);
        _buffered += read;
        return read > 0;
    }

    private void Consume(int bytes)
    {
        _buffer.AsSpan(bytes, _buffered - bytes).CopyTo(_buffer);
        _buffered -= bytes;
    }
}
