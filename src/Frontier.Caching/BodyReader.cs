// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>Reads one body, or a range of one, in order. One caller at a time; dispose it to give up what it holds.</summary>
public abstract class BodyReader : IAsyncDisposable
{
    /// <summary>The next run of bytes, of any length up to 64 KiB. <see cref="BodyState.End"/> may come with the last bytes or alone.</summary>
    public abstract ValueTask<BodyRead> ReadAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
