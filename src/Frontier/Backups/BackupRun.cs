// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Control.Backup;
using Frontier.Control.Fleet;
using Frontier.Control.Store;
using Frontier.Edge.Certificates;
using Frontier.Hosting;
using Microsoft.Extensions.Logging;

namespace Frontier.Backups;

/// <summary>A run of a command on a store itself, <c>frontier backup</c> and <c>frontier restore</c> first of all: what it did goes to the output, how far it is to the errors.</summary>
internal sealed class BackupRun(BackupSettings settings, ILoggerFactory loggers, TimeProvider time)
{
    private const int Done = 0;

    private const int Failed = 1;

    /// <summary>What the roles share and a backup may hold; all other files are made again by a start.</summary>
    private static readonly string[] CredentialFiles = ["secrets/access-key", "secrets/edge-token", "secrets/key-file"];

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private long _reported = time.GetTimestamp();

    /// <summary>Runs a command; what stands in its way is said in a sentence.</summary>
    public static async Task<int> GuardAsync(BackupSettings settings, Func<BackupRun, CancellationToken, Task> command, CancellationToken cancellationToken)
    {
        foreach (var fault in settings.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (settings.Faults.Count > 0)
        {
            return Failed;
        }

        using var loggers = NodeLogging.Create();
        try
        {
            await command(new BackupRun(settings, loggers, TimeProvider.System), cancellationToken);
            return Done;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or StartException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing was changed.");
            return Failed;
        }
    }

    /// <summary>Under a name of its own until it is whole and on disk.</summary>
    public async Task BackUpAsync(string path, bool withCredentials, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            throw new StartException($"There is a file {path} already; a backup replaces none. Choose another name with --to.");
        }

        var files = withCredentials ? ReadCredentials() : [];
        await using var archive = await settings.Store.OpenArchiveAsync(time, loggers, cancellationToken);
        var temporary = path + ".partial";
        try
        {
            long rows;
            await using (var file = OpenPrivately(temporary))
            {
                rows = await BackupWriter.WriteAsync(file, archive.ReadAsync(cancellationToken), files, time.GetUtcNow(), ReportProgress, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Wrote {rows} rows of {settings.Store} to {path}{(withCredentials ? ", with credentials" : "")}. Whoever reads this file can sign in the name of its origins."));
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task RestoreAsync(string path, bool replace, bool exact, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var backup = await BackupReader.OpenAsync(file, cancellationToken);
        using var data = DataDirectory.Open(settings.Data); // held: no node runs on it meanwhile
        if (!replace && backup.Files.FirstOrDefault(credential => File.Exists(data[credential.File])) is { } taken)
        {
            throw new StartException($"There are credentials in {data[taken.File]} already; --replace lets them go.");
        }

        await using var archive = await settings.Store.PrepareArchiveAsync(time, loggers, cancellationToken);
        var rows = backup.ReadAsync(cancellationToken);
        if (!await archive.WriteAsync(Counted(exact ? rows : RestoredRows.BeyondWhatEdgesKnowAsync(rows, cancellationToken)), replace, cancellationToken))
        {
            throw new StartException($"The store {settings.Store} holds something already; --replace lets it go.");
        }

        foreach (var credential in backup.Files.Where(credential => CredentialFiles.Contains(credential.File)))
        {
            SecretFile.Write(data[credential.File], credential.Content);
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Restored {backup.Rows} rows of {backup.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC to {settings.Store}{(backup.Files.Count > 0 ? ", and credentials" : "")}."));
    }

    /// <summary>Drops what a store has sealed with a key file that is lost, and without which no control plane starts: access keys and the fleet's authority.</summary>
    public async Task ForgetKeysAsync(CancellationToken cancellationToken)
    {
        using var data = settings.Store.IsEmbedded ? DataDirectory.Open(settings.Data) : null; // held: no node runs on it meanwhile
        await using var store = await settings.Store.OpenAsync(time, loggers, cancellationToken);
        var call = new AuditCall(time.GetUtcNow(), "", "this machine", "ForgetAccessKeys", Guid.NewGuid().ToString(), int.MaxValue);
        var count = await store.ForgetAccessKeysAsync(call, cancellationToken);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} access keys of {settings.Store} are gone."));
        if (await FleetAuthority.ForgetAsync(store, cancellationToken))
        {
            await Console.Out.WriteLineAsync("So is the authority of its fleet. On every machine: stop it, delete fleet/ in its data directory, and start it with a new token.");
        }
    }

    private static FileStream OpenPrivately(string path)
    {
        File.Delete(path); // what a run that was killed left behind
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    private List<BackupFile> ReadCredentials() =>
        [.. CredentialFiles.Select(name => (Name: name, Path: Path.Combine(settings.Data, name))).Where(static file => File.Exists(file.Path)).Select(static file => new BackupFile(file.Name, File.ReadAllText(file.Path)))];

    private async IAsyncEnumerable<StoredRow> Counted(IAsyncEnumerable<StoredRow> rows)
    {
        long count = 0;
        await foreach (var row in rows)
        {
            yield return row;
            ReportProgress(++count);
        }
    }

    private void ReportProgress(long rows)
    {
        if (time.GetElapsedTime(_reported) >= ProgressInterval)
        {
            _reported = time.GetTimestamp();
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows so far"));
        }
    }
}
