// SPDX-License-Identifier: Apache-2.0

using Microsoft.Extensions.Logging;
using Npgsql;

namespace Frontier.Control.Postgres.Engine;

/// <summary>From an address to a database that can be used: who is there, whether it will do, and what to say if not.</summary>
internal static partial class Connecting
{
    /// <summary>The oldest major version that still gets fixes from its makers, and that the tests run on.</summary>
    private const int OldestServer = 15;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    public static NpgsqlDataSource CreateSource(PostgresOptions options)
    {
        var address = options.Address;
        var seconds = (int)Math.Ceiling(options.AnswerTimeout.TotalSeconds);
        var builder = new NpgsqlSlimDataSourceBuilder
        {
            ConnectionStringBuilder =
            {
                Host = address.Host,
                Port = address.Port,
                Username = address.User,
                Password = address.Password,
                Database = address.Database,
                SslMode = address.SslMode,
                RootCertificate = address.RootCertificate,
                ApplicationName = "frontier-control",
                SearchPath = Schema.Name,
                MaxPoolSize = options.Connections,
                Timeout = seconds,
                CommandTimeout = seconds,
                // A peer that is gone without a word is noticed by the connection that only listens.
                KeepAlive = 10,
                // The server ends what this process began and does not finish, a transaction that holds the row all changes wait
                // for before anything; and no setting of the user or the database makes a commit come back before it is on disk.
                Options = $"-c statement_timeout={seconds}s -c lock_timeout={seconds}s -c idle_in_transaction_session_timeout={seconds}s -c synchronous_commit=on",
            },
        };
        builder.EnableTransportSecurity();
        builder.EnableArrays();
        return builder.Build();
    }

    /// <summary>Waits for a server that is not there yet and makes sure that it will do.</summary>
    /// <param name="ready">What else must be done on a connection before the database is used; done again after a loss.</param>
    /// <exception cref="IOException">It cannot be used; the message says why and what to do.</exception>
    /// <exception cref="InvalidDataException">The database was used by a later version.</exception>
    public static async Task PrepareAsync(
        NpgsqlDataSource source, PostgresOptions options, Func<NpgsqlConnection, CancellationToken, Task> ready, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var pause = FirstRetry; ; pause = pause * 2 < LongestRetry ? pause * 2 : LongestRetry)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                if (await FindFaultAsync(connection, options.Address, logger, cancellationToken) is { } fault)
                {
                    throw new IOException(fault);
                }

                await ready(connection, cancellationToken);
                return;
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                if (Explain(error, options.Address) is { } final)
                {
                    throw new IOException(final, error);
                }

                var reason = error.InnerException is { } inner and not PostgresException ? inner.Message : error.Message;
                if (time.GetElapsedTime(start) + pause > options.StartPatience)
                {
                    throw new IOException($"PostgreSQL at {options.Address.Endpoint} does not answer: {reason}", error);
                }

                Log.Waiting(logger, options.Address.Endpoint, reason);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Why this server will not do, however long one waits; null when it will.</summary>
    internal static string? FindFault(PostgresAddress address, Version version, string encoding, bool isStandby) =>
        version.Major < OldestServer ? $"PostgreSQL at {address.Endpoint} is version {version}; Frontier needs {OldestServer} or later."
        : encoding != "UTF8" ? $"The database {address} is encoded in {encoding}; Frontier needs UTF8: createdb --encoding UTF8 --template template0 {address.Database}"
        : isStandby ? $"PostgreSQL at {address.Endpoint} is a standby, which cannot be written to. Give the address of its primary."
        : null;

    private static async Task<string?> FindFaultAsync(NpgsqlConnection connection, PostgresAddress address, ILogger logger, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT current_setting('server_encoding'), pg_is_in_recovery(), current_setting('fsync') = 'on'", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (!reader.GetBoolean(2))
        {
            Log.Unsafe(logger, address.Endpoint);
        }

        return FindFault(address, connection.PostgreSqlVersion, reader.GetString(0), reader.GetBoolean(1));
    }

    /// <summary>What to say of an error that waiting does not cure; null of one that it may.</summary>
    private static string? Explain(Exception error, PostgresAddress address) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"PostgreSQL at {address.Endpoint} does not let user \"{address.User}\" in: {refused.MessageText}. Check user and password.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            $"PostgreSQL at {address.Endpoint} has no database \"{address.Database}\". Create it: createdb --encoding UTF8 --owner {address.User} {address.Database}",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"User \"{address.User}\" may not set up the database {address}: {refused.MessageText}. Make the user its owner: ALTER DATABASE {address.Database} OWNER TO {address.User}",
        PostgresException refused when refused.Fault is PostgresFault.None => $"The database {address} cannot be set up: {refused.MessageText} ({refused.SqlState}).",
        NpgsqlException { InnerException: null } refused when refused.Message.Contains("password", StringComparison.OrdinalIgnoreCase) =>
            $"PostgreSQL at {address.Endpoint} wants a password of user \"{address.User}\": give one in the URL, in PGPASSWORD or in a password file.",
        NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException inner } => $"PostgreSQL at {address.Endpoint} cannot be trusted: {inner.Message}",
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(3200, LogLevel.Warning, "Waiting for PostgreSQL at {Endpoint}: {Reason}", EventName = "WaitingForPostgres")]
        public static partial void Waiting(ILogger logger, string endpoint, string reason);

        [LoggerMessage(3201, LogLevel.Warning, "PostgreSQL at {Endpoint} runs with fsync off: a crash of its machine loses what was acknowledged.", EventName = "PostgresUnsafe")]
        public static partial void Unsafe(ILogger logger, string endpoint);
    }
}
