// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Edge.Delivery.Compressing;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Edge.Tiers;
using Frontier.Protocols.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Runs fills: asks the origin, decides whether the answer is stored, and streams it into the cache while viewers read along.
/// A fill belongs to no viewer, so none that leaves takes the others' answer away. As many run as the origin client has
/// connections.
/// </summary>
internal sealed partial class FillRunner(
    HttpCache cache, OriginCalls calls, CachingRules rules, Compressors compressors, Revalidation revalidation, Variants variants, RecentKeys recent, TimeProvider time,
    ILogger<FillRunner> logger) : IAsyncDisposable
{
    /// <summary>How long a key whose answers may not be shared is remembered, so that its viewers do not queue for one another (DP-17.2).</summary>
    public static readonly TimeSpan RememberUncacheable = TimeSpan.FromSeconds(10);

    /// <summary>50 GB, the largest object that is cached (§5). A longer one is refused where caching is on (DP-16.9).</summary>
    private const long LargestObjectBytes = 50_000_000_000;

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _allOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay = 1; // one for the runner itself, until it is disposed of

    public int UnderWay => Volatile.Read(ref _underWay) - 1;

    public void Start(OriginFill fill)
    {
        Interlocked.Increment(ref _underWay);
        _ = RunAsync(fill); // tells when it is over, and throws nothing
    }

    /// <summary>Stops all fills; what is half fetched is not stored.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Over();
        await _allOver.Task;
        _stopping.Dispose();
    }

    private void Over()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _allOver.SetResult();
        }
    }

    private async Task RunAsync(OriginFill fill)
    {
        try
        {
            var result = await calls.SendAsync(fill.Request, _stopping.Token);
            fill.Handover?.Upstream = result.Response?.Timing;
            fill.Handover?.Parent = result.Response?.Parent;
            fill.Trace?.Heard(result);
            if (result.Response is not { } response)
            {
                await FailAsync(fill, result.Failure, result.KeptFor);
            }
            else if (response.Head.Status == 304 && fill.Stale is not null)
            {
                await revalidation.RefreshAsync(fill, response);
            }
            else if (response.Head.Status >= 500 && revalidation.MayServeStale(fill.Stale?.Head, response.Head.Status))
            {
                await response.DisposeAsync();
                await revalidation.ServeStaleAsync(fill, response.Head.Status);
            }
            else if (response.Head.Status >= 500 && fill.Stale?.Head.IsFresh(time.GetUtcNow()) == true)
            {
                // One viewer wanted to know; what everybody else has is still good.
                await DeclineAsync(fill, response, NotStored.Status);
            }
            else if (fill.Block is { } block)
            {
                await TakeBlockAsync(fill, block, response);
            }
            else
            {
                await TakeAsync(fill, response);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Whoever still waits is told below.
        }
        catch (Exception error)
        {
            Log.Failed(logger, error);
        }
        finally
        {
            // Whatever became of it, nobody waits any longer. Both do nothing where more has been said.
            fill.Flight.Fail(OriginFailure.ClosedEarly);
            await HandOverAsync(fill, null); // which disposes of nothing, and cannot fail
            fill.Stale?.Dispose();
            Over();
        }
    }

    private async ValueTask TakeAsync(OriginFill fill, OriginResponse response)
    {
        if (response.BodyLength > LargestObjectBytes)
        {
            await response.DisposeAsync();
            await FailAsync(fill, OriginFailure.InvalidResponse, kept: null); // DP-16.9
            return;
        }

        var now = time.GetUtcNow();
        var verdict = Decide(fill, response, response.Head, now);
        if (!verdict.IsStored)
        {
            await DeclineAsync(fill, response, verdict.Reason);
            return;
        }

        if (fill.Variant is { } asked && VaryKey.Names(response.Head.Headers) is { Count: > 0 } names && !cache.IsForgotten(fill.Began)
            && variants.Direct(fill, asked, names) is { } variantKey)
        {
            await TakeElsewhereAsync(fill, response, verdict, variantKey, now);
            return;
        }

        if (Begin(fill, fill.Flight, response, verdict, now, out var body) is not { } into)
        {
            await HandOverAsync(fill, new UnsharedResponse(response, "TooLarge")); // never one that is coded: it has no length yet
            return;
        }

        if (verdict.IsForValidationOnly)
        {
            await HandOverAsync(fill, new UnsharedFill(fill.Flight, into));
        }

        await using (body)
        {
            await PumpAsync(body, into);
        }
    }

    /// <summary>One block of an object (DP-16.2): stored if it is what was asked for; another answer is about the whole object and goes there.</summary>
    private async ValueTask TakeBlockAsync(OriginFill fill, BlockSpan block, OriginResponse response)
    {
        var now = time.GetUtcNow();
        var whole = BlockAnswer.AsWhole(response.Head, block, response.BodyLength);
        if (whole is null)
        {
            if (response.Head.Status is >= 400 and not (404 or 410 or 416))
            {
                await TakeAsync(fill, response); // it may be about the range: viewers of the whole object must not get it
                return;
            }

            if (response.Head.Status is not (206 or 416))
            {
                await TakeWholeAsync(fill, response, now); // DP-16.2
                return;
            }

            // A part that was not asked for or cannot be put beside others, or none at all: each viewer asks its own question.
            await response.DisposeAsync();
            fill.Flight.Decline(response.Head.Status == 206 ? RememberUncacheable : TimeSpan.Zero);
            return;
        }

        var total = BlockAnswer.Total(response.Head.Headers)!.Value;
        var verdict = Decide(fill, response, whole, now);
        var isKept = verdict.IsStored && !verdict.IsForValidationOnly && (rules is CachingRules.CloudFront || VaryKey.Names(whole.Headers).Count == 0);
        if (!isKept || fill.Flight.Begin(BlockHead(fill, whole, verdict, now, total), block.LengthIn(total)) is not { } into)
        {
            await response.DisposeAsync();
            fill.Flight.Decline(RememberUncacheable);
            return;
        }

        await using (response)
        {
            await PumpAsync(response, into);
        }
    }

    /// <summary>The origin does not serve parts, or has no such object: its answer is the whole object's, and everybody who waits for that reads along.</summary>
    private async ValueTask TakeWholeAsync(OriginFill fill, OriginResponse response, DateTimeOffset now)
    {
        var verdict = Decide(fill, response, response.Head, now);
        if (!verdict.IsStored || verdict.IsForValidationOnly || response.BodyLength > LargestObjectBytes)
        {
            await DeclineAsync(fill, response, verdict.Reason);
            return;
        }

        await TakeElsewhereAsync(fill, response, verdict, fill.Key, now);
    }

    /// <summary>What came belongs under another key than the one it was fetched for.</summary>
    private async ValueTask TakeElsewhereAsync(OriginFill fill, OriginResponse response, StorageVerdict verdict, byte[] key, DateTimeOffset now)
    {
        var flight = cache.Join(key, fill.Began, out var role);
        if (role is FlightRole.Follow)
        {
            // Another fetch brings the same: this one is not needed.
            await response.DisposeAsync();
            await HandOverAsync(fill, new UnsharedFlight(flight));
            fill.Flight.Decline(TimeSpan.Zero);
            return;
        }

        IBodySource body = response;
        if (role is not FlightRole.Lead || cache.IsForgotten(fill.Began) || Begin(fill, flight, response, verdict, now, out body) is not { } into)
        {
            flight.Dispose();
            await HandOverAsync(fill, new UnsharedResponse(response, "OtherKey"));
            fill.Flight.Decline(TimeSpan.Zero);
            return;
        }

        if (fill.Handover is null)
        {
            flight.RunUnattended();
        }

        await HandOverAsync(fill, verdict.IsForValidationOnly ? new UnsharedFill(flight, into) : new UnsharedFlight(flight));
        fill.Flight.Decline(TimeSpan.Zero);
        await using (body)
        {
            await PumpAsync(body, into);
        }
    }

    private StorageVerdict Decide(OriginFill fill, OriginResponse response, ResponseHead judged, DateTimeOffset now)
    {
        var verdict = Storage.Decide(rules, fill.Asked with { ResponseDelay = response.TimeToFirstByte }, judged, fill.Distribution, fill.Behavior, now);
        verdict = response.Parent?.Lifetime is { } told ? verdict.Within(told) : verdict;
        fill.Trace?.Judged(judged, verdict, fill.Distribution, fill.Behavior, now);
        return verdict;
    }

    private static async ValueTask DeclineAsync(OriginFill fill, OriginResponse response, NotStored reason)
    {
        await HandOverAsync(fill, new UnsharedResponse(response, reason.ToString()));
        fill.Flight.Decline(IsLasting(reason) ? RememberUncacheable : TimeSpan.Zero, reason.ToString());
    }

    /// <param name="body">What is to be pumped: the response, or what it is compressed to (§20). It owns the response.</param>
    private Fill? Begin(OriginFill fill, Flight flight, OriginResponse response, StorageVerdict verdict, DateTimeOffset now, out IBodySource body)
    {
        var filtered = new ResponseHead();
        ViewerResponse.Filter(response.Head, fill.Behavior, isShared: true, filtered, fill.Handover?.Reserve());
        var wanted = verdict.IsForValidationOnly ? AcceptedEncodings.Unspecified : fill.Wanted; // DP-20.1: only what has a time to live
        body = compressors.Take(response, wanted, filtered.Headers, out var length);
        if (!ReferenceEquals(body, response))
        {
            fill.Handover?.Reserve(); // of a body that is compressed here an entity tag, say, would not be true
        }

        var head = StoredHeads.Of(filtered, verdict, fill.FillSequence, now, fill.Distribution);
        return verdict.IsForValidationOnly ? flight.BeginUnshared(head, length, RememberUncacheable) : flight.Begin(head, length, MaySpill(fill, flight));
    }

    /// <summary>An edge keeps a large object beside the owner in its point of presence where more than one wants it, at once or one after the other.</summary>
    private bool MaySpill(OriginFill fill, Flight flight) =>
        fill.Request.Tiers is not { Way.HasOwner: true } tiers || flight.IsShared || recent.IsRepeated(tiers.Key.Hash);

    /// <param name="total">The length of the whole object.</param>
    private static StoredHead BlockHead(OriginFill fill, ResponseHead whole, StorageVerdict verdict, DateTimeOffset now, long total)
    {
        var filtered = new ResponseHead();
        ViewerResponse.Filter(whole, fill.Behavior, isShared: true, filtered, fill.Handover?.Reserve());
        BlockAnswer.SetTotal(filtered.Headers, total);
        return StoredHeads.Of(filtered, verdict, fill.FillSequence, now, fill.Distribution);
    }

    /// <summary>
    /// Whether the answer says of the object that it is not to be shared (DP-17.2). An error, a part, or what one request forbids
    /// says so of that request only: remembered, one viewer's odd header would keep everybody's object out of the cache.
    /// </summary>
    private static bool IsLasting(NotStored reason) => reason switch
    {
        NotStored.NoStore or NotStored.Private or NotStored.NoCache or NotStored.ZeroTtl or NotStored.VaryStar or NotStored.CachingDisabled => true,
        NotStored.None or NotStored.Method or NotStored.Status or NotStored.Partial or NotStored.Authorization or NotStored.AskedNotTo => false,
    };

    private async ValueTask PumpAsync(IBodySource body, Fill into)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, into.Abandoned);
        try
        {
            while (true)
            {
                // Once all that was announced is here only the end may follow; a read without room would never tell which it is.
                var room = into.GetMemory();
                var isFull = room.IsEmpty;
                var read = await body.ReadAsync(isFull ? new byte[1] : room, ending.Token);
                if (read.Failure is not OriginFailure.None || (isFull && read.Count > 0))
                {
                    into.Abort(); // DP-11.4, DP-14.12: delivered as far as it came, never stored
                    return;
                }

                if (read.Count > 0)
                {
                    await into.AdvanceAsync(read.Count, ending.Token);
                }

                if (read.End)
                {
                    await into.CompleteAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            into.Abort();
        }
        catch
        {
            into.Abort();
            throw;
        }
    }

    /// <param name="kept">How much longer a cache above keeps the failure; null where it was met here.</param>
    private async ValueTask FailAsync(OriginFill fill, OriginFailure failure, TimeSpan? kept)
    {
        if (failure.IsOrigins && revalidation.MayServeStale(fill.Stale?.Head, failure.Status))
        {
            await revalidation.ServeStaleAsync(fill, failure.Status);
            return;
        }

        if (!failure.IsOrigins || fill.Stale?.Head.IsFresh(time.GetUtcNow()) == true) // what others have is not spoilt by one who asks
        {
            fill.Flight.Fail(failure);
            return;
        }

        // DP-19.4: a failure is kept as an error answer is, so that a dead origin is not asked by every viewer.
        var keep = fill.Distribution.ErrorCaching(failure.Status);
        keep = kept < keep ? kept.Value : keep;
        if (keep > TimeSpan.Zero && fill.Flight.Begin(StoredHeads.OfFailure(failure, keep, fill.FillSequence, time.GetUtcNow()), 0) is { } into)
        {
            await into.CompleteAsync();
            return;
        }

        fill.Flight.Fail(failure);
    }

    private static ValueTask HandOverAsync(OriginFill fill, Unshared? unshared) =>
        fill.Handover?.GiveAsync(unshared) ?? unshared?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(2111, LogLevel.Error, "A fetch failed in the edge itself.", EventName = "FillFailed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
