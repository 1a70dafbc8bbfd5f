// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Limits;

/// <summary>
/// What has been taken of a <see cref="Rate"/>, as the time up to which it is paid for: one number, which any thread may move on.
/// Never copied: it is a field of whoever is limited. Takes no lock.
/// </summary>
internal struct RateBucket
{
    private long _paidUntil;

    /// <summary>False when that many are not left; nothing is taken then.</summary>
    /// <param name="seconds">Of the server's clock: what a second brings is there at its beginning.</param>
    public bool TryTake(Rate rate, int count, long seconds)
    {
        var now = seconds * Rate.NanosecondsPerSecond;
        var cost = count * rate.Nanoseconds;
        while (true)
        {
            var before = Volatile.Read(ref _paidUntil);
            var after = Math.Max(before, now) + cost;
            if (after - now > Rate.BurstSeconds * Rate.NanosecondsPerSecond)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _paidUntil, after, before) == before)
            {
                return true;
            }
        }
    }

    public void GiveBack(Rate rate, int count) => Interlocked.Add(ref _paidUntil, -count * rate.Nanoseconds);

    /// <summary>Whether it is as good as new.</summary>
    public readonly bool IsFull(long seconds) => _paidUntil <= seconds * Rate.NanosecondsPerSecond;
}
