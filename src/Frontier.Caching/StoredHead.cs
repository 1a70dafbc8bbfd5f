// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>What is kept of a response beside its body. Immutable but for <see cref="Prepared"/>.</summary>
public sealed class StoredHead
{
    /// <summary>A clock that is kept right goes back by less.</summary>
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(1);

    public required int Status { get; init; }

    /// <summary>Header fields as <c>HeaderList.ToBlock</c> writes them; nobody changes the array.</summary>
    public required byte[] HeaderBlock { get; init; }

    /// <summary>When the response was fetched or last validated.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset FreshUntil { get; init; }

    /// <summary>Age of the response when it was received, in seconds (RFC 9111, section 4.2.3; DP-14.6).</summary>
    public int InitialAgeSeconds { get; init; }

    public TimeSpan StaleWhileRevalidate { get; init; }

    public TimeSpan StaleIfError { get; init; }

    public bool MustRevalidate { get; init; }

    /// <summary><see cref="HttpCache.FillSequence"/> as it stood when the fetch began: later purges apply to this response (DP-27.9).</summary>
    public required long FillSequence { get; init; }

    /// <summary>The tags it can be purged by, separated by commas, in the spelling that <see cref="PurgeEntry.Tags"/> uses; nobody changes the array.</summary>
    public byte[] Tags { get; init; } = [];

    /// <summary>Something the front-end derives once and keeps. Two threads may both derive it; either result stays. Not written to disk.</summary>
    public object? Prepared { get; set; }

    public bool IsFresh(DateTimeOffset now) => FreshFor(now) > TimeSpan.Zero;

    /// <summary>
    /// For how long it is still fresh; not positive once it is stale. What was received in the future was received before the clock was set back: nobody
    /// knows how old it is, so it is stale from now on instead of fresh for as long again as the clock went back.
    /// </summary>
    public TimeSpan FreshFor(DateTimeOffset now) => IsOfTheFuture(now) ? TimeSpan.Zero : FreshUntil - now;

    /// <summary>Whether it was received before the clock was set back.</summary>
    public bool IsOfTheFuture(DateTimeOffset now) => ReceivedAt - now > ClockStep;

    /// <summary>The value of <c>Age</c> at <paramref name="now"/>; never negative, at most 2^31 - 1 (RFC 9111, section 1.2.2).</summary>
    public int AgeSeconds(DateTimeOffset now)
    {
        var resident = Math.Max(0, (now - ReceivedAt).Ticks / TimeSpan.TicksPerSecond);
        return (int)Math.Min(int.MaxValue, InitialAgeSeconds + resident);
    }

    /// <summary>
    /// Bytes this head is charged for in memory: its block, roughly what objects around it take, and what may be
    /// <see cref="Prepared"/> from it, which is the block again in three forms with some fields of the front-end's own.
    /// </summary>
    internal int Charge => (4 * HeaderBlock.Length) + Tags.Length + 512;
}
