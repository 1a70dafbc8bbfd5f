// SPDX-License-Identifier: Apache-2.0

using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Frontier.Control.Postgres.Engine;

/// <summary>
/// One connection that listens for what any process committed. A hint that comes while nobody waits is kept for the next to
/// wait; several are one. While the connection is lost there are no hints. One waiter at a time.
/// </summary>
internal sealed partial class ChangeHints(NpgsqlDataSource source, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>Selected within the transaction that changes something: sent when it commits, and only then.</summary>
    public const string Notify = "pg_notify('frontier_changed', '')";

    private const string Listen = "LISTEN frontier_changed";

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = RunAsync(_stopping.Token);

    /// <summary>Completes at a hint or after <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _hints.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody hinted at anything, which proves nothing.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was: hints are a convenience, and nothing else depends on this connection.
                Log.Deaf(logger, error.Message);
                try
                {
                    await Task.Delay(Retry, time, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => _hints.Writer.TryWrite(true);
        await using (var listen = new NpgsqlCommand(Listen, connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // Something may have happened while nobody listened.
        _hints.Writer.TryWrite(true);
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3202, LogLevel.Debug, "Hints of other processes cannot be heard: {Reason}", EventName = "HintsLost")]
        public static partial void Deaf(ILogger logger, string reason);
    }
}
