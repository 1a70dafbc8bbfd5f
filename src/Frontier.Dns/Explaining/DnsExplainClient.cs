// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Text.Json;

namespace Frontier.Dns.Explaining;

/// <summary>Asks the DNS server that runs on a directory to explain itself.</summary>
public static class DnsExplainClient
{
    internal const int LongestQuestion = 4_096;

    private const string FileName = "explain.sock";

    /// <summary>Ten thousand edges, told one by one.</summary>
    private const int LongestAnswer = 4 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="directory">The server's own.</param>
    /// <exception cref="IOException">No server runs there, or it is not ours to ask; the message says which.</exception>
    public static async Task<DnsExplanation> AskAsync(string directory, DnsQuestion question, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(PathIn(directory)), either.Token);
            using var stream = new NetworkStream(socket);
            await JsonSerializer.SerializeAsync(stream, question, DnsExplanationJson.Default.DnsQuestion, either.Token);
            await stream.WriteAsync("\n"u8.ToArray(), either.Token);
            var answer = await ReadLineAsync(stream, LongestAnswer, either.Token) ?? throw new IOException("the server did not answer");
            return JsonSerializer.Deserialize(answer, DnsExplanationJson.Default.DnsExplanation) ?? throw new IOException("the server's answer is empty");
        }
        catch (Exception error) when (error is SocketException or JsonException or ArgumentException)
        {
            throw new IOException(error.Message, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("the server does not answer in time", error);
        }
    }

    internal static string PathIn(string directory) => Path.Combine(directory, FileName);

    /// <summary>Without its end; null where the stream ends before, or the line is longer.</summary>
    internal static async Task<string?> ReadLineAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        var buffer = new byte[4_096];
        while (line.Length <= most)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return null;
            }

            var end = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            line.Write(buffer, 0, end < 0 ? read : end);
            if (end >= 0)
            {
                return System.Text.Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
            }
        }

        return null;
    }
}
