// SPDX-License-Identifier: Apache-2.0

using Frontier.Http;
using Frontier.Protocols.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Frontier.Edge.Tests.Oracle;

/// <summary>
/// A WebSocket as Kestrel carries it: an upgraded connection of HTTP/1.1 (RFC 6455), or a stream of HTTP/2 opened by extended
/// CONNECT (RFC 8441), which the edge turns into the handshake of HTTP/1.1 that origins know. One reader and one writer.
/// </summary>
internal sealed class WebSocketPipe
{
    /// <summary>Read from the viewer at once.</summary>
    private const int BufferBytes = 16 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferBytes];

    private WebSocketPipe(Stream stream) => _stream = stream;

    public static bool IsHandshake(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" }
        || (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && HttpMethods.IsGet(context.Request.Method)
            && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase));

    /// <summary>Sends the head and takes the connection or stream over.</summary>
    /// <exception cref="ViewerGoneException">Nobody is there any more.</exception>
    public static async ValueTask<WebSocketPipe> AcceptAsync(HttpContext context, ResponseHead head)
    {
        var connect = context.Features.Get<IHttpExtendedConnectFeature>();
        var isStream = connect is { IsExtendedConnect: true };
        for (var i = 0; i < head.Headers.Count; i++)
        {
            // The fields of an upgrade have no place in HTTP/2 (RFC 9113, section 8.2.2; RFC 8441, section 5).
            if (!isStream || !(head.Headers.NameIs(i, "upgrade"u8) || head.Headers.NameIs(i, "sec-websocket-accept"u8)))
            {
                context.Response.Headers.Append(head.Headers.NameText(i), head.Headers.ValueText(i));
            }
        }

        try
        {
            return new WebSocketPipe(isStream ? await connect!.AcceptAsync() : await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync());
        }
        catch (Exception error) when (IsGone(error))
        {
            throw new ViewerGoneException("The viewer went away.", error);
        }
    }

    /// <summary>Empty when the viewer has ended its side.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _buffer.AsMemory(0, await _stream.ReadAsync(_buffer, cancellationToken));
        }
        catch (Exception error) when (IsGone(error))
        {
            throw new ViewerGoneException("The viewer went away.", error);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken);
            await _stream.FlushAsync(cancellationToken);
        }
        catch (Exception error) when (IsGone(error))
        {
            throw new ViewerGoneException("The viewer went away.", error);
        }
    }

    private static bool IsGone(Exception error) => error is IOException or ConnectionAbortedException or ObjectDisposedException;
}
