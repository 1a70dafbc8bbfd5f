// SPDX-License-Identifier: Apache-2.0

using System.Threading.Channels;

namespace Frontier.Control.Sqlite.Engine;

/// <summary>Connections that only read; each read sees one moment and never waits for the writer (WAL). Thread-safe.</summary>
internal sealed class ReaderPool : IDisposable
{
    /// <summary>Reads are short and made on processors, not on disks: more connections would not make them faster.</summary>
    private const int Connections = 4;

    private readonly Channel<SqliteConnection> _idle = Channel.CreateBounded<SqliteConnection>(Connections);

    public ReaderPool(string path)
    {
        for (var i = 0; i < Connections; i++)
        {
            _idle.Writer.TryWrite(SqliteConnection.Open(path, readOnly: true));
        }
    }

    /// <summary>Runs a read within one transaction.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        var connection = await _idle.Reader.ReadAsync(cancellationToken);
        try
        {
            connection.Execute("BEGIN");
            try
            {
                return read(connection);
            }
            finally
            {
                connection.Execute("COMMIT");
            }
        }
        finally
        {
            _idle.Writer.TryWrite(connection);
        }
    }

    /// <summary>No read may be in progress.</summary>
    public void Dispose()
    {
        while (_idle.Reader.TryRead(out var connection))
        {
            connection.Dispose();
        }
    }
}
