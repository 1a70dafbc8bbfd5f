// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using Npgsql;

namespace Frontier.Control.Postgres.Engine;

/// <summary>What an error of the driver means for a call.</summary>
internal enum PostgresFault
{
    /// <summary>Not the server's doing: a bug, and passed on as it is.</summary>
    None,

    /// <summary>Two transactions were in each other's way and this one was undone: done again, it may pass.</summary>
    Collision,

    /// <summary>The connection is gone, or the server is: another connection may do.</summary>
    Lost,

    /// <summary>There was no answer in time, or too many are asking: trying at once would make it worse.</summary>
    Overloaded,

    /// <summary>The server's disk is full.</summary>
    Full,
}

/// <summary>Tells faults apart by SQLSTATE (PostgreSQL manual, appendix A).</summary>
internal static class PostgresFaults
{
    /// <summary>The one state of class 25 that the driver has no name for.</summary>
    private const string IdleInTransaction = "25P03";

    extension(Exception error)
    {
        public PostgresFault Fault => error switch
        {
            PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => PostgresFault.Collision,
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => PostgresFault.Full,
            PostgresException
            {
                SqlState: PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.TooManyConnections
                or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded,
            } => PostgresFault.Overloaded,
            PostgresException known => IsLost(known.SqlState) ? PostgresFault.Lost : PostgresFault.None,
            NpgsqlException { InnerException: TimeoutException } or TimeoutException => PostgresFault.Overloaded,
            NpgsqlException or SocketException or IOException => PostgresFault.Lost,
            _ => PostgresFault.None,
        };
    }

    /// <summary>
    /// Classes 08 (connection), 57 (the operator stepped in), 58 (the system failed); a transaction that was idle too long; a
    /// server that became a standby; a user or database that is not let in any more.
    /// </summary>
    private static bool IsLost(string state) =>
        state is IdleInTransaction or PostgresErrorCodes.ReadOnlySqlTransaction
            or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName
        || state[..2] is "08" or "57" or "58";
}
