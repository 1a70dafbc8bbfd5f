// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>A store as a whole, to be copied out or in. What it cannot do is an <see cref="IOException"/> or an <see cref="InvalidDataException"/>.</summary>
public interface IStoreArchive : IAsyncDisposable
{
    /// <summary>Every row of every table in the order of <see cref="StoreTables.All"/>, as of one moment. Changes go on meanwhile.</summary>
    IAsyncEnumerable<StoredRow> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Puts these rows in the place of all there are: all of them or none.</summary>
    /// <param name="replace">Whether what the store holds may go.</param>
    /// <returns>False, and nothing is changed, when the store holds something that may not go.</returns>
    Task<bool> WriteAsync(IAsyncEnumerable<StoredRow> rows, bool replace, CancellationToken cancellationToken);
}
