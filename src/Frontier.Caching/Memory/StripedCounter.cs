// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Memory;

/// <summary>A counter for hot paths: threads add to cells a cache line apart, reading sums them.</summary>
internal sealed class StripedCounter
{
    private const int Stride = 16; // 128 bytes: two lines, for adjacent-line prefetch
    private const int Stripes = 16;
    private readonly long[] _cells = new long[Stripes * Stride];

    public long Value
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < Stripes; i++)
            {
                sum += Volatile.Read(ref _cells[i * Stride]);
            }

            return sum;
        }
    }

    public void Increment() => Interlocked.Increment(ref _cells[(Environment.CurrentManagedThreadId % Stripes) * Stride]);
}
