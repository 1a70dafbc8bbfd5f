// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Http.Transport;

/// <summary>
/// One viewer's connection as bytes, plain or under TLS. One reader and one writer at a time, which may be two tasks;
/// <see cref="Abort"/> may come from anywhere.
/// </summary>
public abstract class Connection : IAsyncDisposable
{
    public abstract IPEndPoint Remote { get; }

    /// <summary>Null on a plain connection.</summary>
    public abstract TlsConnection? Tls { get; }

    /// <summary>Waits until there is something to receive, the end included, and needs no buffer meanwhile.</summary>
    /// <exception cref="ViewerGoneException">The connection was reset or aborted.</exception>
    public abstract ValueTask WaitAsync();

    /// <summary>Receives at least one byte; 0 when the viewer has ended its side.</summary>
    /// <exception cref="ViewerGoneException">The connection was reset or aborted.</exception>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>
    /// Hands over as many bytes of the runs, in their order, as are taken without a wait, and says how many: none when the viewer
    /// has no room or has gone, and on connections whose bytes need work first. The rest is for <see cref="SendAsync"/>.
    /// </summary>
    /// <param name="runs">Not changed; at most 8, so that handing them over allocates nothing.</param>
    public virtual int SendNow(IList<ArraySegment<byte>> runs) => 0;

    /// <summary>The same for bytes in one run, for which it is cheaper.</summary>
    public virtual int SendNow(ReadOnlySpan<byte> bytes) => 0;

    /// <summary>Completes when the bytes are no longer needed. Many bytes in one call are cheaper than in several.</summary>
    /// <exception cref="ViewerGoneException">The connection was reset or aborted.</exception>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends our side, behind what was sent. What the viewer still sends can be received.</summary>
    public abstract ValueTask EndAsync();

    /// <summary>
    /// Lets nothing more be received: who receives gets the end, as if the viewer had ended its side. What was sent still arrives,
    /// unlike behind <see cref="Abort"/>. May come from anywhere, more than once. A transport that cannot do so aborts.
    /// </summary>
    public virtual void EndReceiving() => Abort();

    /// <summary>Cuts the connection: whoever waits on it gets a <see cref="ViewerGoneException"/>. May be called more than once.</summary>
    public abstract void Abort();

    public abstract ValueTask DisposeAsync();
}
