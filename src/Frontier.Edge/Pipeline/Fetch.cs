// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Forwarding;
using Frontier.Edge.Origins;
using Frontier.Http;
using Frontier.Protocols.Http;
using Frontier.Usage;
using MissReason = Frontier.Usage.MissReason;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// The fetch stage (step 13 of §1). A request that may share goes through one flight per key: the first leads a fill that runs
/// on its own, and everybody, the first included, reads along (§17). Any other is passed to the origin for this viewer alone.
/// </summary>
internal sealed class Fetch(HttpCache cache, OriginCalls client, OriginRequests requests, FillRunner fills, TimeProvider time)
{
    public ValueTask<Answer> FetchAsync(RequestContext context) => MayShare(context) ? ShareAsync(context) : PassAsync(context);

    /// <summary>True when a refresh is under way, by this call or another.</summary>
    public bool TryRefreshInBackground(RequestContext context)
    {
        if (!MayShare(context))
        {
            return false;
        }

        var flight = cache.Join(context.Key.WrittenMemory, out var role);
        if (role is FlightRole.Lead)
        {
            flight.RunUnattended();
            StartFill(context, flight, handover: null);
        }
        else
        {
            flight.Leave();
        }

        return role is not FlightRole.Alone;
    }

    /// <summary>
    /// A HEAD is passed on as HEAD (DP-4.7), and so is a range that begins inside the object: the viewer should not wait until
    /// everything before it has come.
    /// </summary>
    private static bool MayShare(RequestContext context) =>
        context.Key.WrittenCount > 0 && context.Request.Method is not RequestMethod.Head && (context.Stale is not null || !BeginsInside(context.Request.Headers));

    private static bool BeginsInside(HeaderList headers) =>
        headers.TryGet("range"u8, out var range) && RangeHeader.TryParse(range, out var first, out _, out var several) && !several && first != 0;

    private async ValueTask<Answer> ShareAsync(RequestContext context)
    {
        var flight = cache.Join(context.Key.WrittenMemory, out var role);
        if (role is FlightRole.Alone)
        {
            context.Record.MissReason = MissReason.Uncacheable;
            return await PassAsync(context);
        }

        if (role is FlightRole.Lead && TryTakeWhatJustCame(context, flight) is { } came)
        {
            return came;
        }

        var handover = role is FlightRole.Lead ? new Handover() : null;
        Answer? answer = null;
        try
        {
            if (handover is not null)
            {
                StartFill(context, flight, handover);
            }

            return answer = await AnswerFromAsync(context, flight, await flight.WaitAsync(context.Exchange.Aborted), handover);
        }
        finally
        {
            if (answer is not FillingAnswer)
            {
                flight.Leave();
            }

            if (handover is not null)
            {
                await handover.LeaveAsync();
            }
        }
    }

    /// <summary>Between this request's look-up and its joining, another may have brought the object: then there is nothing to fetch.</summary>
    private StoredAnswer? TryTakeWhatJustCame(RequestContext context, Flight flight)
    {
        var now = time.GetUtcNow();
        if (!cache.TryGetResident(context.Key.WrittenSpan, out var found))
        {
            return null;
        }

        if (!found.Head.IsFresh(now) || StoredHeads.IsFailure(found.Head, out _))
        {
            found.Dispose();
            return null;
        }

        flight.Resolve(found);
        flight.Leave();
        return StoredAnswer.From(found, ResultType.Hit, now);
    }

    private async ValueTask<Answer> AnswerFromAsync(RequestContext context, Flight flight, FlightOutcome outcome, Handover? handover)
    {
        var leads = handover is not null;
        switch (outcome.Result)
        {
            case FlightResult.Filling when StoredHeads.IsFailure(outcome.Fill!.Head, out var failure):
                return FailureAnswer.Of(context, failure);
            case FlightResult.Filling:
                return FillingAnswer.From(flight, outcome.Fill!, leads ? ResultType.Miss : ResultType.Hit); // DP-17.1
            case FlightResult.Resolved:
                return StoredAnswer.From(outcome.Object!, leads ? ResultType.RefreshHit : ResultType.Hit, time.GetUtcNow());
            case FlightResult.Failed:
                return FailureAnswer.Of(context, outcome.Error is OriginFailure told ? told : OriginFailure.ClosedEarly);
            case FlightResult.Declined when leads:
                var unshared = await handover!.TakeAsync(context.Exchange.Aborted);
                context.Record.Uncacheable = unshared?.Reason;
                return unshared is null ? await PassAsync(context) : Passed(context, unshared.Response);
            case FlightResult.Declined or FlightResult.TimedOut:
                context.Record.MissReason = MissReason.Uncacheable;
                return await PassAsync(context);
            default:
                throw new InvalidOperationException($"No such outcome: {outcome.Result}.");
        }
    }

    private async ValueTask<Answer> PassAsync(RequestContext context)
    {
        var result = await client.SendAsync(requests.Compose(context, OriginPurpose.Pass, revalidate: null), context.Exchange.Aborted);
        if (result.Failure is OriginFailure.ViewerGone)
        {
            throw new ViewerGoneException();
        }

        return result.Response is { } response ? Passed(context, response) : FailureAnswer.Of(context, result.Failure);
    }

    internal static PassedAnswer Passed(RequestContext context, OriginResponse response)
    {
        var filtered = new ResponseHead();
        ViewerResponse.Filter(response.Head, context.Behavior, isShared: false, filtered);
        var failed = filtered.Status >= 400;
        return new PassedAnswer(response)
        {
            Head = filtered,
            Result = failed ? ResultType.Error : ResultType.Miss,
            Detail = failed ? ErrorDetail.OriginError : ErrorDetail.None,
            BodyLength = context.Request.Method is RequestMethod.Head ? DeclaredLength(response.Head.Headers) : response.BodyLength,
            ViaVersion = response.Version.Number,
        };
    }

    /// <summary>An answer to HEAD has no body, but tells how long it would be (RFC 9110, section 9.3.2).</summary>
    private static long? DeclaredLength(HeaderList headers) =>
        long.TryParse(headers.GetText("content-length"u8), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    /// <param name="handover">Null when no viewer waits for the fill.</param>
    private void StartFill(RequestContext context, Flight flight, Handover? handover)
    {
        OriginCall request;
        try
        {
            request = requests.Compose(context, OriginPurpose.Fill, context.Stale);
        }
        catch
        {
            flight.Dispose(); // those who follow must not wait for a fill that never starts
            throw;
        }

        // The fill outlives this request, so all it needs is taken out of the request before it starts.
        fills.Start(new OriginFill
        {
            Flight = flight,
            Handover = handover,
            Request = request,
            Method = context.Request.Method,
            Distribution = context.Distribution,
            Behavior = context.Behavior,
            Stale = context.Stale is { } stale && stale.TryAddReference() ? stale : null,
            FillSequence = cache.Position,
        });
    }
}
