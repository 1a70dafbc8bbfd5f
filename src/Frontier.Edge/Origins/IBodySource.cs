// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>A body that comes in as it is asked for. One reader at a time. Must be disposed of.</summary>
public interface IBodySource : IAsyncDisposable
{
    /// <summary>The next bytes. Not called again after the end, or a failure.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing more can be read.</exception>
    ValueTask<OriginRead> ReadAsync(Memory<byte> into, CancellationToken cancellationToken);
}
