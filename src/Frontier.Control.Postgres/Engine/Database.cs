// SPDX-License-Identifier: Apache-2.0

using System.Data;
using System.Security.Cryptography;
using Frontier.Control.Store;
using Npgsql;

namespace Frontier.Control.Postgres.Engine;

/// <summary>
/// Runs transactions on a bounded pool of connections. Collisions are retried a bounded number of times, and so is what was
/// lost before its commit began; whatever remains is a <see cref="StoreUnavailableException"/>. Thread-safe.
/// </summary>
internal sealed class Database(NpgsqlDataSource source, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Changes wait for one row and so rarely collide: losing this often means something is wrong.</summary>
    private const int MostAttempts = 5;

    /// <summary>A server that restarted has broken every connection: the first try finds that out, the second should do.</summary>
    private const int MostLosses = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>One transaction that sees one moment and writes nothing.</summary>
    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken)
    {
        var result = await RunAsync(read, IsolationLevel.RepeatableRead, cancellationToken);

        // Much may be computed from it. Here may be the thread that polled the connection's socket, and in one process with an edge viewers' too.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return result;
    }

    /// <summary>
    /// One transaction, durable when the task completes. Each statement sees what is committed by then: whoever waited for a row
    /// sees what it waited for.
    /// </summary>
    public Task<T> ChangeAsync<T>(Func<Session, Task<T>> change, CancellationToken cancellationToken) => RunAsync(change, IsolationLevel.ReadCommitted, cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<T> RunAsync<T>(Func<Session, Task<T>> work, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        var losses = 0;
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
                var result = await work(new Session(connection, cancellationToken));
                isCommitting = isolation == IsolationLevel.ReadCommitted;

                // Once asked for, a commit is waited for: half an answer would leave its caller in doubt.
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (Exception error) when (error.Fault is PostgresFault.Full)
            {
                throw new StoreFullException(error);
            }
            catch (Exception error) when (error.Fault is PostgresFault.Collision && attempt < MostAttempts)
            {
                await PauseAsync(attempt, cancellationToken);
            }
            catch (Exception error) when (error.Fault is PostgresFault.Lost && !isCommitting && ++losses < MostLosses)
            {
                source.Clear();
                await PauseAsync(losses, cancellationToken);
            }
            catch (Exception error) when (error.Fault is not PostgresFault.None)
            {
                throw new StoreUnavailableException(isCommitting, error);
            }
        }
    }

    /// <summary>Of a random length, so that those who collided do not meet again.</summary>
    private Task PauseAsync(int turn, CancellationToken cancellationToken) =>
        Task.Delay(Pause * turn * (RandomNumberGenerator.GetInt32(50, 150) / 100.0), time, cancellationToken);
}
