// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Wire;

namespace Frontier.Dns.Server;

/// <summary>
/// Response-rate limiting (Vixie and Schryver, 2012): the same answer to the same network no more often than a client could want it,
/// so that queries with a victim's address bring it little. Answers are told apart by name, where there is one, and by zone where
/// there is not. A table of fixed size, in which a busy answer takes the place of another; each slot is one number, with the time
/// until which the answer has been given in advance (GCRA, ITU-T I.371) and some bits of its key. Threads that change a slot at once
/// lose one of the changes, which lets a few answers more through.
/// </summary>
internal sealed class RateLimit
{
    /// <summary>512 KiB.</summary>
    private const int Slots = 1 << 16;

    /// <summary>Microseconds in 44 bits go round after 203 days; differences are taken in them.</summary>
    private const int TimeBits = 44;
    private const ulong TimeMask = (1UL << TimeBits) - 1;

    /// <summary>What a network may save up, in microseconds: one second's worth.</summary>
    private const long Burst = 1_000_000;

    /// <summary>Networks that have one owner, as a rule: the lengths that resolvers tell of their clients (RFC 7871 §11.1).</summary>
    private const int IPv4Bits = 24;
    private const int IPv6Bits = 56;

    private readonly ulong[] _slots = new ulong[Slots];
    private readonly TimeProvider _time;
    private readonly long _interval;
    private readonly int _slip;
    private uint _limited;

    /// <param name="perSecond">Answers of one kind to one network.</param>
    /// <param name="slip">Every so manieth of those over it is sent truncated, the others not at all; 0 for none.</param>
    public RateLimit(int perSecond, int slip, TimeProvider time)
    {
        (_interval, _slip, _time) = (Burst / perSecond, slip, time);
    }

    /// <param name="zone">Of an answer that any other name there would have had as well: about what does not exist, or by a wildcard; null for others.</param>
    public RateVerdict Judge(in Asker asker, NameBuffer name, ResponseCode code, Zones.Zone? zone)
    {
        var network = asker.Network.Address >> (128 - (asker.Network.IsIPv6 ? IPv6Bits : IPv4Bits));
        var subject = zone is not null ? NameHash.Of(zone.Name) : code is ResponseCode.NoError ? name.HashFrom(0) : NameHash.Root;
        var key = NameHash.Extend(subject ^ (ulong)code, [(byte)(asker.Network.IsIPv6 ? 6 : 4)]);
        key = Scramble(key ^ (ulong)network ^ (ulong)(network >> 64));
        ref var slot = ref _slots[key & (Slots - 1)];
        var tag = key & ~TimeMask;
        var now = (ulong)(_time.GetElapsedTime(0).Ticks / TimeSpan.TicksPerMicrosecond) & TimeMask;
        var ahead = (slot & ~TimeMask) == tag ? Difference(slot & TimeMask, now) : 0;
        ahead = ahead is < 0 or > 2 * Burst ? 0 : ahead;
        if (ahead + _interval > Burst)
        {
            return _slip > 0 && Interlocked.Increment(ref _limited) % (uint)_slip == 0 ? RateVerdict.Slip : RateVerdict.Drop;
        }

        slot = tag | ((now + (ulong)(ahead + _interval)) & TimeMask);
        return RateVerdict.Send;
    }

    private static long Difference(ulong one, ulong other) => (long)((one - other) << (64 - TimeBits)) >> (64 - TimeBits);

    private static ulong Scramble(ulong key)
    {
        var high = Math.BigMul(key ^ 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, out var low);
        return high ^ low;
    }
}
