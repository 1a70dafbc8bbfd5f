// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Limits;

/// <summary>What one address holds and has used lately. All but <see cref="Requests"/>, which takes no lock, is its table's.</summary>
internal sealed class AddressState(UInt128 network)
{
    /// <summary>As requests, which many threads may take of at a time.</summary>
    public RateBucket Requests;

    public RateBucket NewConnections;

    public RateBucket Handshakes;

    public UInt128 Network { get; } = network;

    public int Connections { get; set; }

    /// <summary>Among those without a connection; null while there is one.</summary>
    public LinkedListNode<AddressState>? Idle { get; set; }

    /// <summary>Whether nothing is lost when it is forgotten.</summary>
    public bool IsAsNew(long seconds) => Connections == 0 && Requests.IsFull(seconds) && NewConnections.IsFull(seconds) && Handshakes.IsFull(seconds);
}
