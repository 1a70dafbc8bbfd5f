// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Frontier.Dns.Explaining;

/// <summary>
/// Where the owner of this process asks it to explain itself: a socket in its directory, which nobody else may open. A question is one
/// line of JSON, and so is the answer. One is answered after the other.
/// </summary>
internal sealed partial class ExplainSocket : IAsyncDisposable
{
    private const int Backlog = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stopping = new();
    private readonly DnsExplainer _explainer;
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;

    private ExplainSocket(string path, DnsExplainer explainer, TimeProvider time) => (_path, _explainer, _time) = (path, explainer, time);

    /// <summary>Null where the system does not give one, which is logged: answers do not depend on it.</summary>
    public static ExplainSocket? TryOpen(string directory, DnsExplainer explainer, TimeProvider time, ILogger<ExplainSocket> logger)
    {
        var path = DnsExplainClient.PathIn(directory);
        ExplainSocket? opened = null;
        try
        {
            opened = new ExplainSocket(path, explainer, time);
            File.Delete(path); // that of a process that was killed: this directory is ours alone
            opened._socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            opened._socket.Listen(Backlog);
        }
        catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            opened?._socket.Dispose();
            Log.NotOpened(logger, path, error.Message);
            return null;
        }

        opened._running = opened.RunAsync();
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _socket.Dispose();
        File.Delete(_path);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var asker = await _socket.AcceptAsync(_stopping.Token);
                await AnswerAsync(asker);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (SocketException)
        {
            // Nobody can ask any more; queries are answered all the same.
        }
    }

    private async Task AnswerAsync(Socket asker)
    {
        using var timeout = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        try
        {
            using var stream = new NetworkStream(asker);
            if (await DnsExplainClient.ReadLineAsync(stream, DnsExplainClient.LongestQuestion, either.Token) is { } line && JsonSerializer.Deserialize(line, DnsExplanationJson.Default.DnsQuestion) is { } question)
            {
                await JsonSerializer.SerializeAsync(stream, _explainer.Explain(question), DnsExplanationJson.Default.DnsExplanation, either.Token);
                await stream.WriteAsync("\n"u8.ToArray(), either.Token);
            }
        }
        catch (Exception error) when (error is IOException or JsonException || (error is OperationCanceledException && !_stopping.IsCancellationRequested))
        {
            // Who asked went away, or asked nothing that can be read; the next one is answered.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6045, LogLevel.Warning, "\"frontier explain --dns\" will not work here, for {Path} cannot be opened: {Reason}", EventName = "ExplainNotOpened")]
        public static partial void NotOpened(ILogger logger, string path, string reason);
    }
}
