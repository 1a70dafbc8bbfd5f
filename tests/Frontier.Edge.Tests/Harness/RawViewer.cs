// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Text;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Harness;

/// <summary>A viewer on a socket of its own, that sends what it is told and reads only when it is told. Every wait is bounded.</summary>
internal sealed class RawViewer : IDisposable
{
    private readonly Socket _socket;

    private RawViewer(Socket socket) => _socket = socket;

    public static async Task<RawViewer> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        return new RawViewer(socket);
    }

    /// <summary>A GET without a body and with these further lines.</summary>
    public Task GetAsync(string target, params IReadOnlyList<string> lines) =>
        SendAsync($"GET {target} HTTP/1.1\r\nHost: {TestEdge.Host}\r\n{string.Concat(lines.Select(static line => line + "\r\n"))}\r\n");

    /// <summary>Sends all, or what the edge takes before it closes.</summary>
    public async Task SendAsync(string latin1)
    {
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        try
        {
            for (ReadOnlyMemory<byte> rest = Encoding.Latin1.GetBytes(latin1); !rest.IsEmpty;)
            {
                rest = rest[await _socket.SendAsync(rest, patience.Token)..];
            }
        }
        catch (SocketException)
        {
            // Seen by what can be read.
        }
    }

    /// <summary>Status line and fields, with their empty line.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await ReadAsync(one) == 0)
            {
                return head.ToString();
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public async Task<byte[]> ReadExactlyAsync(int count)
    {
        var bytes = new byte[count];
        var at = 0;
        while (at < count && await ReadAsync(bytes.AsMemory(at)) is > 0 and var read)
        {
            at += read;
        }

        return bytes[..at];
    }

    /// <summary>Everything until the edge closes the connection, in order or not.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[65_536];
        while (await ReadAsync(buffer) is > 0 and var read)
        {
            all.Write(buffer, 0, read);
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    /// <summary>0 at the end, and after a reset.</summary>
    private async Task<int> ReadAsync(Memory<byte> into)
    {
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        try
        {
            return await _socket.ReceiveAsync(into, patience.Token);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
