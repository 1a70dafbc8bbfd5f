// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Limits;

/// <summary>
/// The addresses that have connections, and those that had lately. Asked once for each connection, never for a request. Addresses
/// with connections are as many as connections at most; of the others the one that left first gives way, so that whoever comes from
/// many addresses only makes the table forget others of its own kind. Which shard an address is in nobody can foretell: the hash
/// has a seed of its own process. Thread-safe: a lock for each shard.
/// </summary>
/// <param name="idlePerShard">Addresses without a connection that one shard remembers.</param>
internal sealed class AddressTable(ViewerLimits limits, ServerClock clock, int idlePerShard = AddressTable.IdlePerShard)
{
    public const int Shards = 16;

    /// <summary>65,536 in all, some ten megabytes.</summary>
    public const int IdlePerShard = 4_096;

    private readonly Rate _newConnections = new(limits.NewConnectionsPerAddress);
    private readonly Rate _handshakes = new(limits.HandshakesPerAddress);
    private readonly Shard[] _shards = [.. Enumerable.Range(0, Shards).Select(static _ => new Shard())];

    /// <summary>Addresses that are remembered, for tests.</summary>
    public int Count => _shards.Sum(static shard =>
    {
        lock (shard.Gate)
        {
            return shard.Addresses.Count;
        }
    });

    /// <summary>Counts a connection of an address; <see cref="Leave"/> takes it back. Null when it may not have it.</summary>
    /// <param name="met">The limit, then.</param>
    public AddressState? Enter(UInt128 network, bool isSecure, out ViewerLimit met)
    {
        var shard = ShardOf(network);
        var seconds = clock.Seconds;
        lock (shard.Gate)
        {
            if (!shard.Addresses.TryGetValue(network, out var address))
            {
                address = new AddressState(network);
                shard.Addresses.Add(network, address);
                Rest(shard, address, seconds);
            }

            if (Refusal(address, isSecure, seconds) is { } refusal)
            {
                met = refusal;
                return null;
            }

            if (address.Idle is { } idle)
            {
                shard.Idle.Remove(idle);
                address.Idle = null;
            }

            address.Connections++;
            met = default;
            return address;
        }
    }

    public void Leave(AddressState address)
    {
        var shard = ShardOf(address.Network);
        lock (shard.Gate)
        {
            if (--address.Connections == 0)
            {
                Rest(shard, address, clock.Seconds);
            }
        }
    }

    /// <summary>Forgets addresses of which there is nothing to remember.</summary>
    public void Sweep()
    {
        foreach (var shard in _shards)
        {
            lock (shard.Gate)
            {
                while (shard.Idle.First is { } first && first.Value.IsAsNew(clock.Seconds))
                {
                    Forget(shard, first);
                }
            }
        }
    }

    private static void Forget(Shard shard, LinkedListNode<AddressState> idle)
    {
        shard.Idle.Remove(idle);
        shard.Addresses.Remove(idle.Value.Network);
    }

    private void Rest(Shard shard, AddressState address, long seconds)
    {
        while (shard.Idle.First is { } first && (shard.Idle.Count >= idlePerShard || first.Value.IsAsNew(seconds)))
        {
            Forget(shard, first);
        }

        address.Idle = shard.Idle.AddLast(address);
    }

    private ViewerLimit? Refusal(AddressState address, bool isSecure, long seconds) =>
        limits.ConnectionsPerAddress > 0 && address.Connections >= limits.ConnectionsPerAddress ? ViewerLimit.AddressConnections
        : _newConnections.IsLimited && !address.NewConnections.TryTake(_newConnections, 1, seconds) ? ViewerLimit.AddressNewConnections
        : isSecure && _handshakes.IsLimited && !address.Handshakes.TryTake(_handshakes, 1, seconds) ? ViewerLimit.AddressHandshakes
        : null;

    private Shard ShardOf(UInt128 network) => _shards[(uint)HashCode.Combine(network) % Shards];

    private sealed class Shard
    {
        public Lock Gate { get; } = new();

        public Dictionary<UInt128, AddressState> Addresses { get; } = new(SeededComparer.Instance);

        /// <summary>Without connections; who left first is first.</summary>
        public LinkedList<AddressState> Idle { get; } = new();
    }

    /// <summary>The platform's own hash of a number is the same in every process: collisions could be sought at home.</summary>
    private sealed class SeededComparer : IEqualityComparer<UInt128>
    {
        public static SeededComparer Instance { get; } = new();

        public bool Equals(UInt128 x, UInt128 y) => x == y;

        public int GetHashCode(UInt128 obj) => HashCode.Combine((ulong)(obj >> 64), (ulong)obj);
    }
}
