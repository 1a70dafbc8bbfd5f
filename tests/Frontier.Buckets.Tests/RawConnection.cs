// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Frontier.Buckets.Tests;

/// <summary>A client without manners: writes bytes as they are, and stops where it likes.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();

    public static async Task<RawConnection> OpenAsync(IPEndPoint endpoint)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(endpoint);
        return connection;
    }

    public async Task WriteAsync(byte[] bytes)
    {
        await _client.GetStream().WriteAsync(bytes);
        await _client.GetStream().FlushAsync();
    }

    public Task WriteHeadAsync(string method, string target, IEnumerable<(string Name, string Value)> headers) =>
        WriteAsync(Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\n{string.Concat(headers.Select(static header => $"{header.Name}: {header.Value}\r\n"))}\r\n"));

    public void FinishSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads until the server closes or has sent a whole short answer.</summary>
    public async Task<string> ReadAnswerAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("</Error>", StringComparison.Ordinal) && !IsBodiless(text.ToString()))
        {
            var read = await _client.GetStream().ReadAsync(buffer, deadline.Token);
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
        return buffer[..await _client.GetStream().ReadAsync(buffer)];
    }

    public async Task<byte[]> ReadToEndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var all = new MemoryStream();
        await _client.GetStream().CopyToAsync(all, deadline.Token);
        return all.ToArray();
    }

    public void Dispose() => _client.Dispose();

    private static bool IsBodiless(string text) => text.Contains("\r\n\r\n", StringComparison.Ordinal) && text.Contains("Content-Length: 0\r\n", StringComparison.OrdinalIgnoreCase);
}
