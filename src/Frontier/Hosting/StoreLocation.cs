// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Postgres;
using Frontier.Control.Sqlite;
using Frontier.Control.Store;
using Microsoft.Extensions.Logging;

namespace Frontier.Hosting;

/// <summary>Where the control plane keeps what it knows: in a file of the data directory, or in a PostgreSQL database.</summary>
internal sealed class StoreLocation
{
    /// <summary>The value of <c>--store</c> that stands for the embedded store.</summary>
    public const string Embedded = "sqlite";

    private readonly string _file;
    private readonly PostgresOptions? _postgres;

    private StoreLocation(string file, PostgresOptions? postgres) => (_file, _postgres) = (file, postgres);

    public bool IsEmbedded => _postgres is null;

    /// <param name="text">The value of <c>--store</c>.</param>
    /// <param name="data">The data directory.</param>
    /// <param name="faults">Gets a sentence when the value makes no sense; it never holds the password.</param>
    public static StoreLocation Read(string text, string data, List<string> faults)
    {
        var file = Path.Combine(data, "control", "frontier.db");
        if (text == Embedded)
        {
            return new StoreLocation(file, null);
        }

        if (!PostgresAddress.IsUrl(text))
        {
            faults.Add($"--store is neither \"{Embedded}\" nor a URL such as postgres://user:password@host:5432/database.");
        }
        else if (PostgresAddress.TryParse(text, out var address, out var fault))
        {
            return new StoreLocation(file, new PostgresOptions { Address = address });
        }
        else
        {
            faults.Add($"--store cannot be used: {fault}");
        }

        return new StoreLocation(file, null);
    }

    /// <summary>For people: without the password.</summary>
    public override string ToString() => _postgres?.Address.ToString() ?? _file;

    public async Task<IControlStore> OpenAsync(TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (_postgres is not null)
        {
            return await PostgresControlStore.OpenAsync(_postgres, time, loggers, cancellationToken);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        return await SqliteControlStore.OpenAsync(_file, time, cancellationToken);
    }

    /// <summary>To read all of it, also while it is in use.</summary>
    public async Task<IStoreArchive> OpenArchiveAsync(TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        _postgres is null ? SqliteArchive.Open(_file) : await PostgresArchive.OpenAsync(_postgres, time, loggers.CreateLogger<PostgresArchive>(), cancellationToken);

    /// <summary>To write all of it.</summary>
    public async Task<IStoreArchive> PrepareArchiveAsync(TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (_postgres is not null)
        {
            return await PostgresArchive.PrepareAsync(_postgres, time, loggers.CreateLogger<PostgresArchive>(), cancellationToken);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        return SqliteArchive.Prepare(_file);
    }
}
