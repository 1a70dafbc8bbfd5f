// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Freshness;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Runs fills: asks the origin, decides whether the answer is stored, and streams it into the cache while viewers read along.
/// A fill belongs to no viewer, so none that leaves takes the others' answer away. As many run as the origin client has
/// connections.
/// </summary>
internal sealed partial class FillRunner(OriginClient client, TimeProvider time, ILogger<FillRunner> logger) : IAsyncDisposable
{
    /// <summary>How long a key whose answers may not be shared is remembered, so that its viewers do not queue for one another (DP-17.2).</summary>
    private static readonly TimeSpan RememberUncacheable = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    public void Start(OriginFill fill)
    {
        var running = RunAsync(fill);
        _running[running] = 0;
        _ = running.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Stops all fills; what is half fetched is not stored.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys);
        _stopping.Dispose();
    }

    private async Task RunAsync(OriginFill fill)
    {
        using var stale = fill.Stale;
        try
        {
            var result = await client.SendAsync(fill.Request, _stopping.Token);
            if (result.Response is not { } response)
            {
                await FailAsync(fill, result.Failure);
            }
            else if (response.Head.Status == 304 && fill.Stale is not null)
            {
                await RefreshAsync(fill, response);
            }
            else if (response.Head.Status >= 500 && MayServeStale(fill, response.Head.Status))
            {
                await response.DisposeAsync();
                await ServeStaleAsync(fill, response.Head.Status);
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
            await HandOverAsync(fill, null);
        }
    }

    private async ValueTask TakeAsync(OriginFill fill, OriginResponse response)
    {
        var now = time.GetUtcNow();
        var verdict = TimeToLive.Decide(fill.Method, response.Head, fill.Distribution, fill.Behavior, now);
        if (!verdict.IsStored)
        {
            await HandOverAsync(fill, new Unshared(response, verdict.Reason.ToString()));
            fill.Flight.Decline(IsLasting(verdict.Reason) ? RememberUncacheable : TimeSpan.Zero);
            return;
        }

        var filtered = new ResponseHead();
        ViewerResponse.Filter(response.Head, fill.Behavior, isShared: true, filtered);
        if (fill.Flight.Begin(StoredHeads.Of(filtered, verdict, fill.FillSequence, now, fill.Distribution), response.BodyLength) is not { } into)
        {
            await HandOverAsync(fill, new Unshared(response, "TooLarge"));
            return;
        }

        await using (response)
        {
            await PumpAsync(response, into);
        }
    }

    /// <summary>
    /// Whether the answer says of the object that it is not to be shared (DP-17.2). An error or a part says so of one request
    /// only: remembered, one viewer's odd header would keep everybody's object out of the cache.
    /// </summary>
    private static bool IsLasting(NotStored reason) => reason switch
    {
        NotStored.NoStore or NotStored.Private or NotStored.NoCache or NotStored.ZeroTtl or NotStored.VaryStar or NotStored.CachingDisabled => true,
        NotStored.None or NotStored.Method or NotStored.Status or NotStored.Partial => false,
    };

    private async ValueTask PumpAsync(OriginResponse response, Fill into)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, into.Abandoned);
        try
        {
            while (true)
            {
                var read = await response.ReadAsync(into.GetMemory(), ending.Token);
                if (read.Failure is not OriginFailure.None)
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

    /// <summary>DP-15.1: a 304 renews the stored object; RFC 9111, section 3.2: with the fields it brings.</summary>
    private async ValueTask RefreshAsync(OriginFill fill, OriginResponse response)
    {
        var now = time.GetUtcNow();
        var stored = StoredHeads.ToResponse(fill.Stale!.Head);
        var brought = new ResponseHead();
        ViewerResponse.Filter(response.Head, fill.Behavior, isShared: true, brought);
        for (var i = 0; i < brought.Headers.Count; i++)
        {
            if (!IsBodyField(brought.Headers.Name(i)))
            {
                stored.Headers.Remove(brought.Headers.Name(i));
            }
        }

        for (var i = 0; i < brought.Headers.Count; i++)
        {
            if (!IsBodyField(brought.Headers.Name(i)))
            {
                stored.Headers.Add(brought.Headers.Name(i), brought.Headers.Value(i));
            }
        }

        var judged = new ResponseHead { Status = stored.Status };
        stored.Headers.CopyTo(judged.Headers);
        if (response.Head.Headers.TryGet("age"u8, out var age))
        {
            judged.Headers.Add("age"u8, age);
        }

        await response.DisposeAsync();
        // Where the 304 forbids storing, the default verdict has no time to live: this once it is good for those who wait.
        var verdict = TimeToLive.Decide(fill.Method, judged, fill.Distribution, fill.Behavior, now);
        await ResolveAsync(fill, StoredHeads.Of(stored, verdict, fill.FillSequence, now, fill.Distribution));
    }

    /// <summary>RFC 9111, section 3.2: what describes the stored bytes is not changed by an answer that has none.</summary>
    private static bool IsBodyField(ReadOnlySpan<byte> name) =>
        System.Text.Ascii.EqualsIgnoreCase(name, "content-encoding"u8) || System.Text.Ascii.EqualsIgnoreCase(name, "content-type"u8)
        || System.Text.Ascii.EqualsIgnoreCase(name, "content-range"u8);

    private async ValueTask FailAsync(OriginFill fill, OriginFailure failure)
    {
        if (failure.IsOrigins && MayServeStale(fill, failure.Status))
        {
            await ServeStaleAsync(fill, failure.Status);
            return;
        }

        if (!failure.IsOrigins)
        {
            fill.Flight.Fail(failure);
            return;
        }

        // DP-19.4: a failure is kept as an error answer is, so that a dead origin is not asked by every viewer.
        var keep = fill.Distribution.ErrorCaching(failure.Status);
        if (keep > TimeSpan.Zero && fill.Flight.Begin(StoredHeads.OfFailure(failure, keep, fill.FillSequence, time.GetUtcNow()), 0) is { } into)
        {
            await into.CompleteAsync();
            return;
        }

        fill.Flight.Fail(failure);
    }

    /// <summary>DP-18.2, DP-18.3, DP-14.4: unless the origin forbade it.</summary>
    private bool MayServeStale(OriginFill fill, int status) =>
        fill.Stale is { Head: { MustRevalidate: false } head } && head.Status < 400
        && (head.StaleIfError == TimeSpan.MaxValue || time.GetUtcNow() - head.FreshUntil <= head.StaleIfError)
        && head.StaleIfError > TimeSpan.Zero && status >= 500;

    /// <summary>DP-18.3: for ErrorCachingMinTTL the stale object answers without asking again, and never longer than the origin allowed.</summary>
    private ValueTask ServeStaleAsync(OriginFill fill, int status)
    {
        var stale = fill.Stale!.Head;
        var now = time.GetUtcNow();
        var until = now + fill.Distribution.ErrorCaching(status);
        var last = stale.StaleIfError == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : stale.FreshUntil + stale.StaleIfError;
        return ResolveAsync(fill, StoredHeads.Extended(stale, until < last ? until : last));
    }

    private static async ValueTask ResolveAsync(OriginFill fill, StoredHead head)
    {
        using var refreshed = await fill.Stale!.RefreshAsync(head);
        if (refreshed is null)
        {
            // Invalidated meanwhile: each waiter asks for itself.
            fill.Flight.Decline(TimeSpan.Zero);
            return;
        }

        fill.Flight.Resolve(refreshed);
        await HandOverAsync(fill, null);
        await (fill.Handover?.Left ?? Task.CompletedTask); // a large object lives by its references: this one is kept until the leader has its own
    }

    private static ValueTask HandOverAsync(OriginFill fill, Unshared? answer) =>
        fill.Handover?.GiveAsync(answer) ?? answer?.Response.DisposeAsync() ?? ValueTask.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(2111, LogLevel.Error, "A fetch failed in the edge itself.", EventName = "FillFailed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
