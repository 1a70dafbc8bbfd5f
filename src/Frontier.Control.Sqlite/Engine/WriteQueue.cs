// SPDX-License-Identifier: Apache-2.0

using System.Threading.Channels;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite.Engine;

/// <summary>
/// The one writer. Changes queue up and commit in groups: while one commit waits for the disk, the next changes gather, and one
/// wait serves them all. Each change stands in a savepoint, so one that fails takes nobody with it. Written by many, run by one
/// loop, which alone uses the connection.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    /// <summary>Callers wait beyond this: memory stays bounded however slow the disk is.</summary>
    private const int MostQueued = 1_024;

    /// <summary>Bounds how long the first of a group waits for the last.</summary>
    private const int MostInGroup = 128;

    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(new BoundedChannelOptions(MostQueued) { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly Task _loop;

    public WriteQueue(SqliteConnection connection)
    {
        _connection = connection;
        _loop = RunAsync();
    }

    /// <summary>Runs a change; complete when it is on disk. Once taken from the queue it cannot be cancelled.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new Job<T>(change);
        await _jobs.Writer.WriteAsync(job, cancellationToken);
        return await job.Completion;
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        var group = new List<Job>(MostInGroup);
        while (await _jobs.Reader.WaitToReadAsync())
        {
            while (group.Count < MostInGroup && _jobs.Reader.TryRead(out var job))
            {
                group.Add(job);
            }

            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<Job> group)
    {
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            foreach (var job in group)
            {
                _connection.Execute("SAVEPOINT change");
                if (!job.TryRun(_connection))
                {
                    _connection.Execute("ROLLBACK TO change");
                }

                _connection.Execute("RELEASE change");
            }

            _connection.Execute("COMMIT");
        }
        catch (SqliteException error)
        {
            // The disk is full or gone: nothing of this group is stored and everybody in it must know.
            Abandon();
            group.ForEach(job => job.Fail(error));
            return;
        }

        group.ForEach(static job => job.Complete());
    }

    private void Abandon()
    {
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself after some errors; then there is no transaction to end.
        }
    }

    private abstract class Job
    {
        public abstract bool TryRun(SqliteConnection connection);

        public abstract void Complete();

        public abstract void Fail(Exception error);
    }

    /// <summary>Continuations run elsewhere, so that no caller's code runs on the writer's time.</summary>
    private sealed class Job<T>(Func<SqliteConnection, T> change) : Job
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _error;

        public Task<T> Completion => _completion.Task;

        public override bool TryRun(SqliteConnection connection)
        {
            try
            {
                _result = change(connection);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                _error = error;
            }

            return _error is null;
        }

        public override void Complete()
        {
            if (_error is not null)
            {
                _completion.SetException(Told(_error));
            }
            else
            {
                _completion.SetResult(_result!);
            }
        }

        public override void Fail(Exception error) => _completion.SetException(Told(_error ?? error));

        private static Exception Told(Exception error) => error is SqliteException { IsFull: true } ? new StoreFullException(error) : error;
    }
}
