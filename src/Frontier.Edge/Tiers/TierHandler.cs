// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Delivery;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Telemetry;
using Frontier.Http;
using Frontier.Protocols.Http;
using Frontier.Usage;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Tiers;

/// <summary>
/// Answers other machines of the fleet: what a viewer asked there is looked up, fetched and stored here by the same stages, from the match of the
/// behavior on, so that its requests, too, share one fetch for each key (DP-17.5). Whether the viewer may have it was decided there. What it says of key and freshness it works out itself; where it comes to
/// another key than the sender, or knows less of the purge log, it does not answer, and the sender goes on without it.
/// </summary>
internal sealed partial class TierHandler(
    EdgeState state, HttpCache cache, Lookup lookup, Fetch fetch, AnswerDelivery delivery, EdgeName name, TierMetrics metrics, TimeProvider time, ILogger<TierHandler> logger) : IExchangeHandler
{
    /// <summary>An interim answer that says the request was taken up and may last (RFC 2518, section 10.1): a machine that has stopped does not send it.</summary>
    public const int TakenUp = 102;

    /// <summary>How long the purge log may take to get here after it has got to the sender; a fifth of what the sender waits.</summary>
    private static readonly TimeSpan PatienceForLog = TimeSpan.FromMilliseconds(200);

    public async ValueTask HandleAsync(HttpExchange exchange)
    {
        try
        {
            await AnswerAsync(exchange);
        }
        catch (Exception error) when (error is ViewerGoneException || (error is OperationCanceledException && exchange.Aborted.IsCancellationRequested))
        {
            exchange.Abort();
        }
        catch (Exception error)
        {
            // A bug of ours must cost this request only; the sender goes on without us.
            Log.Failed(logger, error);
            exchange.Abort();
        }
    }

    public async ValueTask RefuseAsync(HttpExchange exchange, int status)
    {
        exchange.EndConnection();
        await DeclineAsync(exchange, TierRefusal.Malformed);
    }

    private async ValueTask AnswerAsync(HttpExchange exchange)
    {
        var map = state.Tiers;
        if (exchange.Tls?.Judge is not TierHandshake { NodeId: { } sender } || !map.MayCall(sender))
        {
            exchange.EndConnection();
            await DeclineAsync(exchange, TierRefusal.NotOfFleet);
            return;
        }

        if (!TierVisit.TryRead(exchange.Request.Headers, out var visit) || exchange.HasBody)
        {
            exchange.EndConnection();
            await DeclineAsync(exchange, TierRefusal.Malformed);
            return;
        }

        using var context = Begin(exchange, visit);
        if (Decide(context, visit, map) is { } refusal)
        {
            await DeclineAsync(exchange, refusal);
            return;
        }

        // A machine that is cut off may lack an invalidation that counts as complete; so may one that asks it, and their positions then agree.
        if (state.Fence.Of(context.Distribution) is not CutOffChoice.Serve || !await cache.ReachAsync(visit.Position, PatienceForLog, time, exchange.Aborted))
        {
            await DeclineAsync(exchange, TierRefusal.Behind);
            return;
        }

        await using var answer = await lookup.FindAsync(context) ?? await FetchAsync(context);
        metrics.Answered(visit.Level, answer.Result);
        if (answer is EdgeAnswer { Failure: not OriginFailure.None } failed)
        {
            await TellFailureAsync(context, failed);
            return;
        }

        await delivery.SendAsync(context, answer);
    }

    private RequestContext Begin(HttpExchange exchange, TierVisit visit)
    {
        var viewers = new TierExchange(exchange, visit);
        var record = new RequestRecord
        {
            Request = viewers.Request,
            StartedAt = time.GetUtcNow(),
            Pop = name.Pop,
            ClientAddress = visit.Viewer.Address,
            ClientPort = visit.Viewer.Port,
        };
        record.SetRequestId(Encoding.ASCII.GetBytes(visit.RequestId));
        return new RequestContext(viewers, record, visit.Viewer with { Told = viewers.Request.Headers }) { Tier = visit };
    }

    /// <summary>Finds what the request is about; null where it can be answered.</summary>
    private TierRefusal? Decide(RequestContext context, TierVisit visit, TierMap map)
    {
        if ((visit.Level is TierLevel.Owner) != (map.Role is NodeRole.Edge))
        {
            return TierRefusal.NotThatTier;
        }

        Span<char> domain = stackalloc char[HostName.MaxLength];
        if (!HostName.TryNormalize(visit.Distribution, domain, out var length) || !state.Routes.TryFind(domain[..length], out var distribution)
            || distribution.DomainName != visit.Distribution)
        {
            return TierRefusal.NotKnown;
        }

        context.Distribution = distribution;
        context.Behavior = BehaviorMatch.Find(distribution, context.Request.Path);
        if (visit.OriginOf(context.Behavior) is null)
        {
            return TierRefusal.NotKnown;
        }

        Lookup.WriteKey(context);
        if (context.HasKey != visit.Key.HasValue || (visit.Key is { } key && key != TierKey.Of(context.Key.WrittenSpan)))
        {
            return TierRefusal.OtherKey;
        }

        if (context.HasKey && visit.IsSecondarys(context.Behavior))
        {
            Lookup.KeepApart(context);
        }

        return null;
    }

    private async ValueTask<Answer> FetchAsync(RequestContext context)
    {
        await context.Exchange.SendInterimAsync(new ResponseHead { Status = TakenUp }, context.Exchange.Aborted);
        return await fetch.FetchAsync(context);
    }

    private async ValueTask TellFailureAsync(RequestContext context, EdgeAnswer failed)
    {
        var head = new ResponseHead { Status = failed.Head.Status };
        TierDress.Put(context, failed, head.Headers, time.GetUtcNow());
        head.Headers.Add(TierFields.Failure, Encoding.ASCII.GetBytes(failed.Failure.ToString()));
        await context.Exchange.StartAsync(head, 0, context.Exchange.Aborted);
    }

    private async ValueTask DeclineAsync(HttpExchange exchange, TierRefusal refusal)
    {
        metrics.Declined(refusal);
        var head = new ResponseHead { Status = refusal.Status };
        head.Headers.Add(TierFields.Declined, Encoding.ASCII.GetBytes(refusal.Word));
        await exchange.StartAsync(head, 0, exchange.Aborted);
    }

    private static partial class Log
    {
        [LoggerMessage(2105, LogLevel.Error, "A request of another machine failed in the edge itself.", EventName = "TierRequestFailed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
