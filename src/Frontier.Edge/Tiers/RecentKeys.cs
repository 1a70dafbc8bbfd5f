// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tiers;

/// <summary>
/// Remembers which keys were asked for lately, so that an edge keeps a large object beside its owner's only when it is asked for again. 64 KiB, whatever
/// comes: a newer key takes the place of an older one. Thread-safe without a lock; a race costs one more look.
/// </summary>
internal sealed class RecentKeys(TimeProvider time)
{
    /// <summary>Objects that an edge is asked for twice within this are worth a copy.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int Slots = 8_192;

    /// <summary>Each half a fingerprint, half the second in which it was seen.</summary>
    private readonly ulong[] _seen = new ulong[Slots];
    private readonly long _start = time.GetTimestamp();

    /// <summary>Whether that key was asked about before within the window. From now on it was.</summary>
    public bool IsRepeated(ulong key)
    {
        var now = (uint)time.GetElapsedTime(_start).TotalSeconds + 1; // 0 is nothing
        var before = Interlocked.Exchange(ref _seen[key % Slots], (key & 0xFFFF_FFFF_0000_0000) | now);
        return (before ^ key) >> 32 == 0 && (uint)before != 0 && now - (uint)before <= (uint)Window.TotalSeconds;
    }
}
