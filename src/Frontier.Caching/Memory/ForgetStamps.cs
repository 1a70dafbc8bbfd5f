// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Memory;

/// <summary>
/// Counts how often keys were forgotten, in 16,384 cells by hash. Whoever means to store notes the cell of its key when its
/// fetch begins and compares when it is done. Keys that share a cell keep each other's fills from being stored now and then;
/// that costs a fetch. Written under the tier's lock, read by anybody.
/// </summary>
internal sealed class ForgetStamps
{
    private readonly int[] _cells = new int[1 << 14];

    public int Of(ulong hash) => Volatile.Read(ref _cells[hash & (1 << 14) - 1]);

    public void Raise(ulong hash) => Interlocked.Increment(ref _cells[hash & (1 << 14) - 1]);
}
