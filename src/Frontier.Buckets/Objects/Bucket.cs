// SPDX-License-Identifier: Apache-2.0

using System.Threading.Channels;
using Frontier.Buckets.Api;
using Microsoft.Extensions.Logging;

namespace Frontier.Buckets.Objects;

/// <summary>
/// One bucket on disk. Many requests commit at once; one loop decides on them in order, writes what it finds waiting as one
/// batch, flushes once (group commit), applies it to the index and answers. What is not flushed is not seen by anybody.
/// </summary>
internal sealed partial class Bucket : IAsyncDisposable
{
    /// <summary>Commits that may wait; more make their requests wait before they queue.</summary>
    private const int MaxWaiting = 1024;

    /// <summary>Below this a journal is not worth compacting.</summary>
    private const int MinRecordsToCompact = 4096;

    private readonly Channel<Commit> _commits = Channel.CreateBounded<Commit>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly BucketJournal _journal;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private volatile BucketSettings _settings;
    private int _journalRecords;
    private Commit? _carried;
    private bool _closed;

    private Bucket(string name, BucketCreated created, BucketIndex index, BucketSettings settings, BodyFiles bodies, BucketJournal journal, int records, ILogger logger)
    {
        (Name, Created, Region) = (name, created.Created, created.Region);
        (Index, Bodies, _settings, _journal, _journalRecords, _logger) = (index, bodies, settings, journal, records, logger);
        _loop = RunAsync();
    }

    public string Name { get; }

    public DateTimeOffset Created { get; }

    public string Region { get; }

    public BucketIndex Index { get; }

    public BodyFiles Bodies { get; }

    public BucketSettings Settings => _settings;

    /// <summary>Lays out an empty bucket in a directory that nobody sees yet.</summary>
    public static void Initialise(string directory, DateTimeOffset created, string region)
    {
        Directory.CreateDirectory(BodiesIn(directory));
        BucketJournal.Create(directory, [JournalCodec.Frame(new BucketCreated(created, region))]).Dispose();
    }

    /// <summary>Opens a bucket: replays its journal, cuts a torn tail, sweeps files that no record names.</summary>
    /// <exception cref="InvalidDataException">The journal is damaged or of another version.</exception>
    public static Bucket Open(string directory, ILogger logger, BodyFiles? bodies = null)
    {
        var name = Path.GetFileName(directory);
        bodies ??= new BodyFiles(BodiesIn(directory));
        var index = new BucketIndex(bodies);
        var settings = BucketSettings.None;
        BucketCreated? created = null;
        var records = 0;
        var (journal, torn) = BucketJournal.Open(directory, payload =>
        {
            records++;
            switch (JournalCodec.Read(payload, bodies))
            {
                case BucketCreated first:
                    created = first;
                    break;
                case SettingPut setting:
                    settings = settings.With(setting);
                    break;
                case var change:
                    index.Apply(change);
                    break;
            }
        });
        if (created is null)
        {
            journal.Dispose();
            throw new InvalidDataException($"The journal in {directory} does not say when its bucket was created.");
        }

        var swept = bodies.Sweep(index.LiveFiles());
        if (torn > 0 || swept > 0)
        {
            Log.Recovered(logger, name, torn, swept);
        }

        return new Bucket(name, created, index, settings, bodies, journal, records, logger);
    }

    /// <summary>Makes a change durable and visible, or says why not. Once queued it is not cancelled: it happens or fails whole.</summary>
    /// <param name="check">Decides at the commit's turn, when every earlier commit is visible.</param>
    /// <param name="touches">What <paramref name="check"/> looks at: a key, an upload's id.</param>
    public async Task<S3Fault?> CommitAsync(JournalRecord record, string touches, Func<S3Fault?>? check, CancellationToken cancellationToken)
    {
        var commit = new Commit(record, JournalCodec.Frame(record), touches, check);
        try
        {
            await _commits.Writer.WriteAsync(commit, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return S3Error.NoSuchBucket;
        }

        return await commit.Done.Task;
    }

    /// <summary>Closes the bucket to all further commits if it holds no object.</summary>
    public async Task<S3Fault?> CloseIfEmptyAsync(CancellationToken cancellationToken)
    {
        var commit = new Commit(null, [], "", () => Index.IsEmpty ? null : S3Error.BucketNotEmpty);
        try
        {
            await _commits.Writer.WriteAsync(commit, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return S3Error.NoSuchBucket;
        }

        return await commit.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _commits.Writer.TryComplete();
        await _loop;
        _journal.Dispose();
    }

    private static string BodiesIn(string directory) => Path.Combine(directory, "bodies");

    private async Task RunAsync()
    {
        // Leave the opener's thread before the first flush blocks it.
        await Task.Yield();
        List<Commit> batch = [];
        try
        {
            while (_carried is not null || await _commits.Reader.WaitToReadAsync())
            {
                Gather(batch);
                if (batch.Count > 0)
                {
                    var fault = await WriteAsync(batch);
                    if (fault is null)
                    {
                        batch.ForEach(Apply);
                    }

                    batch.ForEach(commit => commit.Done.SetResult(fault));
                    batch.Clear();
                    Compact();
                }
            }
        }
        catch (Exception error)
        {
            Stop(batch, error);
        }
    }

    /// <summary>A bug in the loop must not leave requests waiting for it: this bucket refuses every commit from now on.</summary>
    private void Stop(List<Commit> batch, Exception error)
    {
        Log.LoopFailed(_logger, error, Name);
        _commits.Writer.TryComplete();
        foreach (var commit in batch)
        {
            commit.Done.TrySetException(error);
        }

        while (TakeNext() is { } waiting)
        {
            waiting.Done.TrySetException(error);
        }
    }

    /// <summary>Takes what waits, up to a batch. A commit whose check depends on one before it must wait until that one is applied.</summary>
    private void Gather(List<Commit> batch)
    {
        var bytes = 0;
        var touched = new HashSet<string>(StringComparer.Ordinal);
        while (TakeNext() is { } commit)
        {
            var dependent = commit.Record is null ? batch.Count > 0 : commit.Check is not null && touched.Contains(commit.Touches);
            if (dependent || (batch.Count > 0 && bytes + commit.Frame.Length > BucketJournal.MaxBatchBytes))
            {
                _carried = commit;
                return;
            }

            var fault = _closed ? S3Error.NoSuchBucket : commit.Check?.Invoke();
            if (fault is not null || commit.Record is null)
            {
                _closed |= fault is null;
                commit.Done.SetResult(fault);
                continue;
            }

            bytes += commit.Frame.Length;
            touched.Add(commit.Touches);
            batch.Add(commit);
        }
    }

    private Commit? TakeNext()
    {
        if (_carried is { } carried)
        {
            _carried = null;
            return carried;
        }

        return _commits.Reader.TryRead(out var commit) ? commit : null;
    }

    private async ValueTask<S3Fault?> WriteAsync(List<Commit> batch)
    {
        if (_journal.IsBroken)
        {
            return S3Error.ServiceUnavailable;
        }

        try
        {
            if (batch.Exists(static commit => commit.Record is ObjectPut or PartPut))
            {
                Bodies.SyncNames();
            }

            await _journal.AppendAsync(batch.Count == 1 ? batch[0].Frame : batch.SelectMany(static commit => commit.Frame).ToArray());
            _journalRecords += batch.Count;
            return null;
        }
        catch (IOException error)
        {
            Log.CommitFailed(_logger, error, Name);
            return _journal.IsBroken ? S3Error.ServiceUnavailable : DiskFault.Of(error);
        }
    }

    private void Apply(Commit commit)
    {
        try
        {
            if (commit.Record is SettingPut setting)
            {
                _settings = _settings.With(setting);
            }
            else
            {
                Index.Apply(commit.Record!);
            }
        }
        catch (IOException error)
        {
            // The change is made; a file it freed stays until the next start sweeps it.
            Log.BodyKept(_logger, error, Name);
        }
    }

    /// <summary>A flush of the journal has failed: what was acknowledged holds, what was not is decided at the next start.</summary>
    public bool IsBroken => _journal.IsBroken;

    /// <summary>Writes the journal anew when most of it is history. Commits wait for it: a second per some million objects.</summary>
    private void Compact()
    {
        var live = Index.LiveRecords + _settings.Count + 1;
        if (_journalRecords < MinRecordsToCompact || _journalRecords < 2 * live || _journal.IsBroken)
        {
            return;
        }

        try
        {
            _journal.Rewrite(new JournalRecord[] { new BucketCreated(Created, Region) }.Concat(_settings.Records()).Concat(Index.Records()).Select(JournalCodec.Frame));
            _journalRecords = live;
        }
        catch (IOException error)
        {
            // The old journal is whole and goes on; ask again after as many more records.
            _journalRecords = live;
            Log.CompactionFailed(_logger, error, Name);
        }
    }

    private sealed record Commit(JournalRecord? Record, byte[] Frame, string Touches, Func<S3Fault?>? Check)
    {
        public TaskCompletionSource<S3Fault?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Information, "Bucket {Bucket} was recovered: {TornBytes} bytes of an unfinished commit cut off, {Swept} unfinished body files removed.", EventName = "BucketRecovered")]
        public static partial void Recovered(ILogger logger, string bucket, long tornBytes, int swept);

        [LoggerMessage(5002, LogLevel.Error, "A commit to bucket {Bucket} could not be written.", EventName = "CommitFailed")]
        public static partial void CommitFailed(ILogger logger, Exception error, string bucket);

        [LoggerMessage(5003, LogLevel.Warning, "Bucket {Bucket} keeps its long journal: it could not be compacted.", EventName = "CompactionFailed")]
        public static partial void CompactionFailed(ILogger logger, Exception error, string bucket);

        [LoggerMessage(5005, LogLevel.Critical, "Bucket {Bucket} can no longer be written.", EventName = "CommitLoopFailed")]
        public static partial void LoopFailed(ILogger logger, Exception error, string bucket);

        [LoggerMessage(5004, LogLevel.Warning, "A replaced body of bucket {Bucket} could not be deleted; the next start removes it.", EventName = "BodyKept")]
        public static partial void BodyKept(ILogger logger, Exception error, string bucket);
    }
}
