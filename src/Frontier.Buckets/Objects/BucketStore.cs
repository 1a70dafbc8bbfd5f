// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Frontier.Buckets.Api;
using Frontier.Protocols.Names;
using Microsoft.Extensions.Logging;

namespace Frontier.Buckets.Objects;

/// <summary>
/// All buckets of one directory, which a lock file keeps for one process. A bucket appears and goes by the renaming of its
/// directory; names that begin with a dot are unfinished and removed at the start. Reads are lock-free, creation and
/// deletion take turns.
/// </summary>
internal sealed class BucketStore : IAsyncDisposable
{
    /// <summary>As many as an account may have by default quota.</summary>
    public const int MaxBuckets = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _directory;
    private readonly FileStream _lock;
    private readonly ILogger _logger;

    private BucketStore(string directory, FileStream lockFile, ILogger logger)
    {
        _directory = directory;
        _lock = lockFile;
        _logger = logger;
    }

    public IReadOnlyList<Bucket> All => [.. _buckets.Values.OrderBy(static bucket => bucket.Name, StringComparer.Ordinal)];

    /// <exception cref="IOException">The directory cannot be written, or another process has it; the message says which.</exception>
    /// <exception cref="InvalidDataException">A bucket in it is damaged.</exception>
    public static async Task<BucketStore> OpenAsync(string directory, ILogger logger)
    {
        var store = new BucketStore(directory, TakeDirectory(directory), logger);
        try
        {
            foreach (var path in Directory.GetDirectories(directory))
            {
                var name = Path.GetFileName(path);
                if (name.StartsWith('.'))
                {
                    Directory.Delete(path, recursive: true);
                }
                else if (BucketName.IsValid(name))
                {
                    store._buckets[name] = Bucket.Open(path, logger);
                }
            }

            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public bool TryFind(string name, [NotNullWhen(true)] out Bucket? bucket) => _buckets.TryGetValue(name, out bucket);

    public async Task<S3Fault?> CreateAsync(string name, string region, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_buckets.ContainsKey(name))
            {
                return S3Fault.With(S3Error.BucketAlreadyOwnedByYou, "BucketName", name);
            }

            if (_buckets.Count >= MaxBuckets)
            {
                return S3Error.TooManyBuckets;
            }

            var unfinished = UnfinishedName();
            Bucket.Initialise(unfinished, now, region);
            Directory.Move(unfinished, Path.Combine(_directory, name));
            DirectorySync.Flush(_directory);
            _buckets[name] = Bucket.Open(Path.Combine(_directory, name), _logger);
            return null;
        }
        catch (IOException error)
        {
            return DiskFault.Of(error);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<S3Fault?> DeleteAsync(Bucket bucket, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (await bucket.CloseIfEmptyAsync(cancellationToken) is { } fault)
            {
                return fault;
            }

            var unfinished = UnfinishedName();
            Directory.Move(Path.Combine(_directory, bucket.Name), unfinished);
            DirectorySync.Flush(_directory);
            _buckets.TryRemove(bucket.Name, out _);
            await bucket.DisposeAsync();
            Directory.Delete(unfinished, recursive: true);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bucket in _buckets.Values)
        {
            await bucket.DisposeAsync();
        }

        await _lock.DisposeAsync();
        _turn.Dispose();
    }

    private static FileStream TakeDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The bucket directory {directory} cannot be created: {error.Message}", error);
        }

        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"The bucket directory {directory} is not writable: {error.Message}", error);
        }
        catch (IOException error)
        {
            throw new IOException($"The bucket directory {directory} is in use by another process, or cannot be written: {error.Message}", error);
        }

        try
        {
            file.Write("This file is locked by the process that serves the buckets beside it.\n"u8);
            file.Flush(flushToDisk: true);
            return file;
        }
        catch (IOException error)
        {
            file.Dispose();
            throw new IOException($"The bucket directory {directory} cannot be written{(DiskFault.IsFull(error) ? ", its disk is full" : "")}: {error.Message}", error);
        }
    }

    private string UnfinishedName() => Path.Combine(_directory, "." + Guid.NewGuid().ToString("N"));
}
