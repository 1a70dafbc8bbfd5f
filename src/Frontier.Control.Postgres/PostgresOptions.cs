// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Postgres;

/// <summary>How this process uses the database.</summary>
public sealed record PostgresOptions
{
    public required PostgresAddress Address { get; init; }

    /// <summary>How long a start waits for a server that is not there yet. Wrong passwords and the like are not waited for.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections at most, one of them for hints. Calls wait for one as long as for an answer.</summary>
    public int Connections { get; init; } = 16;

    /// <summary>How long a connection or an answer is waited for: past this a call ends with <see cref="Store.StoreUnavailableException"/>.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
