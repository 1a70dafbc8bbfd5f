// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Decisions.Models;
using Frontier.Geo;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Places;

/// <summary>
/// Where viewers are, by databases in files (§23, DP-23.4). A file that changes is read again; one that cannot be read leaves
/// what was read before. What is asked for again is answered from a table of the viewers seen last.
/// </summary>
public sealed partial class PlaceDatabases : IViewerPlaces, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ImmutableArray<string> _paths;
    private readonly string _directory;
    private readonly ILogger<PlaceDatabases> _logger;
    private readonly PeriodicTimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private ImmutableArray<FileVersion> _versions;
    private volatile KnownPlaces _known;
    private Task _watching = Task.CompletedTask;

    private PlaceDatabases(ImmutableArray<string> paths, string directory, TimeProvider time, ILogger<PlaceDatabases> logger)
    {
        (_paths, _directory, _logger) = (paths, directory, logger);
        _timer = new PeriodicTimer(Pause, time);
        _known = new KnownPlaces([], complain: null);
    }

    /// <param name="directory">Where copies are made for a moment.</param>
    /// <exception cref="IOException">A file cannot be read or is no such database; the message says which.</exception>
    public static async Task<PlaceDatabases> OpenAsync(
        ImmutableArray<string> paths, string directory, TimeProvider time, ILogger<PlaceDatabases> logger, CancellationToken cancellationToken)
    {
        var databases = new PlaceDatabases(paths, directory, time, logger);
        databases._versions = databases.Versions();
        databases._known = await databases.ReadAsync(cancellationToken);
        databases._watching = databases.WatchAsync();
        return databases;
    }

    public ViewerPlace? Find(IPAddress address) => _known.Find(address);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _timer.Dispose();
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(_stopping.Token))
            {
                var versions = Versions();
                if (versions.SequenceEqual(_versions))
                {
                    continue;
                }

                _versions = versions; // whether it can be read or not: it is tried once, and again when it has changed again
                try
                {
                    _known = await ReadAsync(_stopping.Token);
                }
                catch (IOException error)
                {
                    Log.NotRead(_logger, error.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task<KnownPlaces> ReadAsync(CancellationToken cancellationToken)
    {
        var databases = ImmutableArray.CreateBuilder<MaxMindDatabase>();
        foreach (var path in _paths)
        {
            try
            {
                var database = await MaxMindDatabase.OpenAsync(path, _directory, cancellationToken);
                databases.Add(database);
                Log.Read(_logger, path, database.Metadata.Type, database.Metadata.BuiltAt);
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new IOException($"The database of places {path} cannot be used: {error.Message}", error);
            }
        }

        return new KnownPlaces(databases.DrainToImmutable(), reason => Log.Damaged(_logger, reason));
    }

    private ImmutableArray<FileVersion> Versions() => [.. _paths.Select(static path => new FileInfo(path)).Select(static file => file.Exists ? new FileVersion(file.Length, file.LastWriteTimeUtc) : default)];

    private readonly record struct FileVersion(long Length, DateTime WrittenAt);

    private static partial class Log
    {
        [LoggerMessage(2301, LogLevel.Information, "Places of viewers come from {Path}: {Type}, made at {BuiltAt:u}.", EventName = "PlacesRead")]
        public static partial void Read(ILogger logger, string path, string type, DateTimeOffset builtAt);

        [LoggerMessage(2302, LogLevel.Error, "{Reason} What was read before goes on answering.", EventName = "PlacesNotRead")]
        public static partial void NotRead(ILogger logger, string reason);

        [LoggerMessage(2303, LogLevel.Error, "A database of places is damaged, and some viewers are nowhere for it: {Reason}", EventName = "PlacesDamaged")]
        public static partial void Damaged(ILogger logger, string reason);
    }
}
