// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Freshness;
using Frontier.Edge.Origins;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// A request's part in the one fetch of a key (§17): it leads a fill that runs on its own, or follows one, and everybody, the
/// leader included, reads along.
/// </summary>
internal sealed class Boarding(HttpCache cache, OriginRequests requests, FillRunner fills, CachingRules rules, TimeProvider time)
{
    /// <param name="isNeedless">Asked when this request would lead: true where what it wants comes otherwise, and nothing is to be fetched.</param>
    public async ValueTask<Boarded> BoardAsync(RequestContext context, FetchTarget target, Func<bool>? isNeedless = null)
    {
        var flight = cache.Join(target.Key, out var role, context.Behavior.LongestFetch);
        if (role is FlightRole.Follow && target.Block is null && context.Behavior.CachePolicy.CollapsingDisabled)
        {
            flight.Leave(); // DP-17.2
            return new Boarded(BoardedKind.Alone);
        }

        if (role is FlightRole.Alone)
        {
            return new Boarded(BoardedKind.Alone);
        }

        if (role is FlightRole.Follow)
        {
            context.Trace?.Joined();
        }

        if (role is FlightRole.Lead && await TakeWhatJustCameAsync(target, flight) is { } came)
        {
            return new Boarded(BoardedKind.Stored, Object: came);
        }

        if (role is FlightRole.Lead && isNeedless?.Invoke() == true)
        {
            flight.Decline(TimeSpan.Zero);
            flight.Leave();
            return new Boarded(BoardedKind.Alone);
        }

        var handover = role is FlightRole.Lead ? new Handover() : null;
        var boarded = default(Boarded);
        try
        {
            if (handover is not null)
            {
                StartFill(context, target, flight, handover);
            }

            var outcome = flight.WaitAsync(context.Exchange.Aborted);
            var heard = handover is not null && context.OriginCall?.Interim is { } interim ? await interim.RelayUntilAsync(outcome) : await outcome;
            return boarded = await TakeAsync(context, flight, heard, handover) with { Reserved = handover?.Reserved, Parent = handover?.Parent };
        }
        finally
        {
            if (!ReferenceEquals(boarded.Flight, flight))
            {
                flight.Leave();
            }

            if (handover is not null)
            {
                context.Upstream ??= handover.Upstream;
                context.Record.Parent ??= handover.Parent?.Name;
                await handover.LeaveAsync();
            }
        }
    }

    /// <summary>True when a fetch is under way that no viewer waits for, by this call or another.</summary>
    public bool TryRunUnattended(RequestContext context, FetchTarget target)
    {
        var flight = cache.Join(target.Key, out var role, context.Behavior.LongestFetch);
        if (role is FlightRole.Lead)
        {
            flight.RunUnattended();
            StartFill(context, target, flight, handover: null);
        }
        else
        {
            flight.Leave();
        }

        return role is not FlightRole.Alone;
    }

    /// <summary>Between this request's look-up and its joining, another may have brought the object: then there is nothing to fetch.</summary>
    private async ValueTask<CachedObject?> TakeWhatJustCameAsync(FetchTarget target, Flight flight)
    {
        if (await FindAsync(target, flight) is not { } found)
        {
            return null;
        }

        // Whoever comes with an object that was fresh enough for others asks about that one.
        var isNew = target.Stale is null || found.Head.ReceivedAt > target.Stale.Head.ReceivedAt;
        if (!isNew || !found.Head.IsFresh(time.GetUtcNow()) || Signpost.IsOne(found.Head))
        {
            found.Dispose();
            return null;
        }

        flight.Resolve(found);
        flight.Leave();
        return found;
    }

    /// <summary>No look-up of the viewer's, so it is counted as none where it finds nothing. A large object is on disk alone.</summary>
    private async ValueTask<CachedObject?> FindAsync(FetchTarget target, Flight flight)
    {
        try
        {
            return cache.TryGetResident(target.Key.Span, out var resident) ? resident : (await cache.PeekAsync(target.Key)).Object;
        }
        catch
        {
            flight.Dispose(); // those who follow must not wait for a fetch that never starts
            throw;
        }
    }

    private static async ValueTask<Boarded> TakeAsync(RequestContext context, Flight flight, FlightOutcome outcome, Handover? handover)
    {
        var leads = handover is not null;
        return outcome.Result switch
        {
            FlightResult.Filling => new Boarded(BoardedKind.Filling, leads, flight, outcome.Fill),
            FlightResult.Resolved => new Boarded(BoardedKind.Stored, leads, Object: outcome.Object),
            FlightResult.Failed => new Boarded(BoardedKind.Failed, leads, Failure: outcome.Error is OriginFailure told ? told : OriginFailure.ClosedEarly),
            FlightResult.Declined when leads => await TakeUnsharedAsync(context, await handover!.TakeAsync(context.Exchange.Aborted)),
            FlightResult.Declined or FlightResult.TimedOut => new Boarded(BoardedKind.Alone),
        };
    }

    private static async ValueTask<Boarded> TakeUnsharedAsync(RequestContext context, Unshared? unshared)
    {
        switch (unshared)
        {
            case UnsharedResponse response:
                context.Record.Uncacheable = response.Reason;
                return new Boarded(BoardedKind.Response, Leads: true, Response: response);
            case UnsharedObject stored:
                return new Boarded(BoardedKind.Stored, Leads: true, Object: stored.Object);
            case UnsharedFill filling:
                return new Boarded(BoardedKind.Filling, Leads: true, filling.Flight, filling.Fill);
            case UnsharedFlight other:
                var outcome = await other.Flight.WaitAsync(context.Exchange.Aborted);
                if (outcome.Result is FlightResult.Filling)
                {
                    return new Boarded(BoardedKind.Filling, Leads: true, other.Flight, outcome.Fill);
                }

                other.Flight.Leave();
                return new Boarded(BoardedKind.Alone);
            default:
                return new Boarded(BoardedKind.Alone);
        }
    }

    /// <param name="handover">Null when no viewer waits for the fill.</param>
    private void StartFill(RequestContext context, FetchTarget target, Flight flight, Handover? handover)
    {
        try
        {
            // The fill outlives this request, so all it needs is taken out of the request before it starts.
            var call = requests.Compose(context, OriginPurpose.Fill, target.Stale, target.Block, isShared: true);
            if (handover is not null)
            {
                context.OriginCall = call;
            }

            var key = context.Key.WrittenSpan.ToArray();
            var fill = new OriginFill
            {
                Flight = flight,
                Handover = handover,
                Request = call,
                Asked = AskedFor.Of(context.Request),
                Wanted = Compression.Wanted(context.Request, context.Behavior),
                Distribution = context.Distribution,
                Behavior = context.Behavior,
                Key = key,
                FlightKey = target.Key.ToArray(),
                Began = cache.StampOf(context.Variant?.PrimaryKey ?? key),
                Stale = null,
                FillSequence = cache.FillSequence,
                Block = target.Block,
                Trace = handover is null ? null : context.Trace,
                Variant = rules is CachingRules.Strict && target.Block is null ? Variants.Of(context) : null,
            };
            fills.Start(target.Stale is { } stale && stale.TryAddReference() ? fill with { Stale = stale } : fill);
        }
        catch
        {
            flight.Dispose(); // those who follow must not wait for a fill that never starts
            throw;
        }
    }
}
