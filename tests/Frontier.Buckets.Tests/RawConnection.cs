// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Frontier.Buckets.Tests;

/// <summary>A client without manners: writes bytes as they are, and stops where it likes.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private NetworkStream _stream = null!;

    public static async Task<RawConnection> OpenAsync(IPEndPoint endpoint)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(endpoint);
        connection._stream = new NetworkStream(connection._socket);
        return connection;
    }

    public Task WriteAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask();

    public Task WriteHeadAsync(string method, string target, IEnumerable<(string Name, string Value)> headers) =>
        WriteAsync(Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\n{string.Concat(headers.Select(static header => $"{header.Name}: {header.Value}\r\n"))}\r\n"));

    /// <summary>Leaves with a reset, as a client does that is killed.</summary>
    public void Reset() => _socket.Close(timeout: 0);

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Reads until the server closes or has sent a whole short answer.</summary>
    public async Task<string> ReadAnswerAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("</Error>", StringComparison.Ordinal) && !IsBodiless(text.ToString()))
        {
            var read = await ReadOrEndAsync(buffer, deadline.Token);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    public async Task<byte[]> ReadSomeAsync()
    {
        var buffer = new byte[4096];
        return buffer[..await _stream.ReadAsync(buffer)];
    }

    public async Task<byte[]> ReadToEndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var all = new MemoryStream();
        await _stream.CopyToAsync(all, deadline.Token);
        return all.ToArray();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    /// <summary>A server may reset the connection of a client that stopped in the middle of a body: that ends the answer too.</summary>
    private async Task<int> ReadOrEndAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _stream.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static bool IsBodiless(string text) => text.Contains("\r\n\r\n", StringComparison.Ordinal) && text.Contains("Content-Length: 0\r\n", StringComparison.OrdinalIgnoreCase);
}
