// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Sqlite.Engine;

/// <summary>The database file, held by this process alone, and a connection that may write to it.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly FileStream _lock;

    private StoreFile(FileStream fileLock, SqliteConnection connection) => (_lock, Connection) = (fileLock, connection);

    public SqliteConnection Connection { get; }

    /// <summary>Opens the file or creates it, readable by its owner alone, and brings its schema up to date.</summary>
    /// <exception cref="IOException">Another process holds the store, or the file cannot be used.</exception>
    /// <exception cref="InvalidDataException">A later version wrote the file.</exception>
    public static StoreFile Open(string path)
    {
        var fileLock = TakeLock(path);
        SqliteConnection? connection = null;
        try
        {
            // SQLite gives its own files beside this one the same mode.
            using (OpenPrivately(path, FileShare.ReadWrite | FileShare.Delete))
            {
            }

            connection = SqliteConnection.Open(path, readOnly: false);
            connection.ExecuteScript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
            Schema.Migrate(connection, path);
            return new StoreFile(fileLock, connection);
        }
        catch
        {
            connection?.Dispose();
            fileLock.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        _lock.Dispose();
    }

    /// <summary>A lock that the system releases with the process, however that ends.</summary>
    private static FileStream TakeLock(string path)
    {
        try
        {
            return OpenPrivately(path + ".lock", FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new IOException($"The control store '{path}' is in use by another process, or '{path}.lock' cannot be opened: {error.Message}", error);
        }
    }

    private static FileStream OpenPrivately(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
