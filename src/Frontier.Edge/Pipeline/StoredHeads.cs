// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Models;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>Between the cache's form of a head and HTTP's.</summary>
internal static class StoredHeads
{
    /// <summary>Says in a stored head that there was no answer, and why: the page is made anew for each viewer (DP-19.4). Origins cannot send <c>X-Edge-*</c> through.</summary>
    private static ReadOnlySpan<byte> FailureField => "x-edge-failure"u8;

    /// <summary>
    /// The head to store. Its freshness ends at a moment that no later change of policy moves (DP-14.13); the object stays behind
    /// that, to be asked about, until others crowd it out (DP-14.11).
    /// </summary>
    public static StoredHead Of(ResponseHead filtered, StorageVerdict verdict, long fillSequence, DateTimeOffset now, DistributionModel distribution) =>
        Of(filtered, verdict, fillSequence, now, CacheTags.List(filtered.Headers, distribution.CacheTagHeader.AsSpan()));

    private static StoredHead Of(ResponseHead filtered, StorageVerdict verdict, long fillSequence, DateTimeOffset now, byte[] tags) => new()
    {
        Status = filtered.Status,
        HeaderBlock = filtered.Headers.ToBlock(),
        ReceivedAt = now,
        FreshUntil = now + verdict.FreshFor,
        InitialAgeSeconds = (int)Math.Min(int.MaxValue, verdict.InitialAge.TotalSeconds),
        StaleWhileRevalidate = verdict.StaleWhileRevalidate,
        StaleIfError = verdict.StaleIfError ?? TimeSpan.MaxValue, // DP-18.3: not said is not forbidden
        MustRevalidate = verdict.MustRevalidate,
        FillSequence = fillSequence,
        Tags = tags,
    };

    public static StoredHead OfFailure(OriginFailure failure, TimeSpan keep, long fillSequence, DateTimeOffset now)
    {
        var head = new ResponseHead { Status = failure.Status };
        head.Headers.Add(FailureField, Encoding.ASCII.GetBytes(failure.ToString()));
        return Of(head, StorageVerdict.Store(keep, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, mustRevalidate: false), fillSequence, now, tags: []);
    }

    /// <summary>
    /// A stale object is served a while longer because the origin fails (DP-18.3). What it is extended by is taken off its
    /// windows for stale answers: they count from when it truly expired (DP-18.1, DP-18.2).
    /// </summary>
    public static StoredHead Extended(StoredHead stale, DateTimeOffset freshUntil) => new()
    {
        Status = stale.Status,
        HeaderBlock = stale.HeaderBlock,
        ReceivedAt = stale.ReceivedAt,
        FreshUntil = freshUntil,
        InitialAgeSeconds = stale.InitialAgeSeconds,
        StaleWhileRevalidate = Less(stale.StaleWhileRevalidate, freshUntil - stale.FreshUntil),
        StaleIfError = stale.StaleIfError == TimeSpan.MaxValue ? stale.StaleIfError : Less(stale.StaleIfError, freshUntil - stale.FreshUntil),
        MustRevalidate = stale.MustRevalidate,
        FillSequence = stale.FillSequence,
        Tags = stale.Tags,
    };

    private static TimeSpan Less(TimeSpan window, TimeSpan used) => window > used ? window - used : TimeSpan.Zero;

    public static bool IsFailure(StoredHead head, out OriginFailure failure)
    {
        failure = OriginFailure.None;
        return head.Status >= 500 && ToResponse(head).Headers.GetText(FailureField) is { } name && Enum.TryParse(name, out failure);
    }

    /// <param name="reserved">Fields that were not stored, for the viewer that they are reserved for (DP-14.9).</param>
    public static ResponseHead ToResponse(StoredHead head, HeaderList? reserved = null)
    {
        var response = new ResponseHead { Status = head.Status };
        if (!response.Headers.TryAddBlock(head.HeaderBlock))
        {
            throw new InvalidOperationException("A stored header block is not one.");
        }

        for (var i = 0; i < reserved?.Count; i++)
        {
            response.Headers.Add(reserved.Name(i), reserved.Value(i));
        }

        return response;
    }

    /// <summary>DP-21.2: an error is an error, also from the cache.</summary>
    public static ResultType Result(StoredHead head, ResultType result) => head.Status >= 400 ? ResultType.Error : result;
}
