// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>
/// A connection that an origin has switched to another protocol (101): bytes both ways, one reader and one writer. No timeout
/// but on writes, which wait for the read timeout at most; how long it may be quiet is its owner's business.
/// </summary>
internal sealed class OriginTunnel : IDisposable
{
    private readonly OriginConnection _connection;
    private readonly OriginUse _use;

    public OriginTunnel(OriginConnection connection, OriginUse use)
    {
        _connection = connection;
        _use = use;
        connection.ArmsReads = false;
        connection.Deadline.Begin(null); // the completion timeout is for answers; this one is complete
        connection.Deadline.Disarm();
    }

    /// <summary>The next bytes; 0 at the end, however it came about.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> into)
    {
        var buffered = Math.Min(_connection.Buffered.Length, into.Length);
        if (buffered > 0)
        {
            _connection.Buffered[..buffered].CopyTo(into.Span);
            _connection.Consume(buffered);
            return buffered;
        }

        return (await _connection.ReceiveAsync(into, CancellationToken.None)).Count;
    }

    /// <summary>False when the connection is gone.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes) =>
        await _connection.SendAsync(bytes, CancellationToken.None) is OriginFailure.None;

    /// <summary>Ends both directions at once; a read under way returns 0. May be called by anyone.</summary>
    public void Abort() => _connection.Abort(OriginFailure.ViewerGone);

    public void Dispose()
    {
        _connection.Dispose();
        _use.End(OriginFailure.None);
    }
}
