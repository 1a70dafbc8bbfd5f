// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;
using System.Text;
using Frontier.Decisions.Access;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Deployment;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;
using Frontier.Edge.Challenges;
using Frontier.Edge.Delivery;
using Frontier.Edge.Explaining;
using Frontier.Http;
using Frontier.Usage;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// The life of a request, top to bottom (<c>design.md</c> §4, <c>dataplane.md</c> §1): resolve the distribution, choose its side, match the
/// behavior, check access, look up, fetch, replace errors by their pages, deliver, account. Each stage continues by returning null, or responds.
/// </summary>
internal sealed partial class EdgePipeline(
    StraightPath? straight, EdgeState state, HeldChallenges challenges, EdgePorts ports, Admission admission, ISignatureMemory signatures, LiveFetch live, Lookup lookup, Fetch fetch, ErrorPages errorPages, AnswerDelivery delivery, IRequestRecordSink sink, TimeProvider time, ILogger<EdgePipeline> logger)
{
    public ValueTask HandleAsync(HttpExchange exchange) =>
        straight is not null && !ChallengeStage.MayBeOne(exchange, challenges) && straight.TryServe(exchange, out var serving) ? serving : HandleAsync(exchange, trace: null);

    /// <param name="trace">Where the request is followed for an explanation.</param>
    /// <param name="overLimit">The status for a request that is one too many, of which nothing is asked but whose it is; 0 for any other.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask HandleAsync(HttpExchange exchange, OriginTrace? trace, int overLimit = 0)
    {
        using var context = admission.Begin(exchange, trace);
        try
        {
            await exchange.FlushEarlierAsync();
            var found = OverLimit(context, overLimit) ?? ChallengeStage.Answer(context, challenges) ?? Decide(context) ?? FieldEncryptionStage.Decide(context) ?? await live.FetchAsync(context) ?? await lookup.FindAsync(context) ?? await fetch.FetchAsync(context);
            await using var answer = await errorPages.ReplaceAsync(context, found);
            await delivery.SendAsync(context, answer);
        }
        catch (Exception error) when (error is ViewerGoneException || (error is OperationCanceledException && exchange.Aborted.IsCancellationRequested))
        {
            End(context, ErrorDetail.ClientCommError);
        }
        catch (Exception error)
        {
            // A bug of ours must cost this request only. What was sent cannot be mended, so the connection ends here.
            Log.Failed(logger, context.Record.RequestId, error);
            End(context, ErrorDetail.InternalError);
        }
        finally
        {
            Account(context);
        }
    }

    /// <summary>Everything that is decided without cache and origin, and leaves no trace but in the context.</summary>
    public Answer? Decide(RequestContext context) => Resolve(context) ?? ChooseSide(context) ?? Match(context) ?? Check(context) ?? ViewerCertificateStage.Check(context) ?? CheckSignature(context);

    /// <summary>§5: it stands in the log of its distribution, where it has one.</summary>
    private EdgeAnswer? OverLimit(RequestContext context, int status) => status == 0 ? null : Resolve(context) ?? EdgeAnswer.LimitExceeded(context, status);

    /// <summary>DP-2.1 to DP-2.6: which distribution is meant by the Host.</summary>
    private EdgeAnswer? Resolve(RequestContext context)
    {
        var routes = state.Routes;
        if (context.Exchange.HandlerState is StraightVisit visit && visit.Knows(routes, context.Request.Host))
        {
            return Found(context, visit.Distribution!); // the straight path has just looked it up
        }

        Span<char> name = stackalloc char[HostName.MaxLength];
        if (!HostName.TryNormalize(context.Request.Host, name, out var length))
        {
            return HealthAnswer.Of(context, state) ?? EdgeAnswer.Error(context, context.Request.Host.Length == 0 ? 400 : 403, ErrorPage.BadRequest, ErrorDetail.InvalidRequest);
        }

        if (!routes.TryFind(name[..length], out var distribution, out var wildcardAt))
        {
            return HealthAnswer.Of(context, state) ?? EdgeAnswer.Error(context, 403, ErrorPage.BadRequest, ErrorDetail.InvalidRequest); // DP-2.5
        }

        context.WildcardAt = wildcardAt;
        if (Misdirection.IsOne(routes, context.Exchange.Tls?.ServerName, name[..length], distribution))
        {
            Take(context, distribution); // whose log tells of it
            return EdgeAnswer.Error(context, 421, ErrorPage.Misdirected, ErrorDetail.InvalidRequestCertificate); // DP-22.7
        }

        return Found(context, distribution);
    }

    private void Take(RequestContext context, DistributionModel distribution)
    {
        context.Distribution = distribution;
        context.CutOff = state.Fence.Of(distribution);
        context.Record.DistributionId = distribution.Id;
        context.Record.DistributionDomain = distribution.DomainName;
        context.Record.LogsCookies = distribution.LogCookies;
    }

    private EdgeAnswer? Found(RequestContext context, DistributionModel distribution)
    {
        Take(context, distribution);
        return !distribution.Enabled ? EdgeAnswer.Error(context, 403, ErrorPage.NotAvailable, ErrorDetail.InvalidRequest) // DP-2.4
            : distribution.IsStaging ? EdgeAnswer.Error(context, 403, ErrorPage.BadRequest, ErrorDetail.InvalidRequest) // DP-2.8
            : null;
    }

    /// <summary>Step 4 of §1, DP-28.1: from here on a staging distribution stands in its primary's place, with its own cache, log and invalidations (DP-28.4, DP-27.13).</summary>
    private EdgeAnswer? ChooseSide(RequestContext context)
    {
        if (context.Distribution.Deployment is not { } policy)
        {
            return null;
        }

        var draw = (context.Exchange as ExplainedExchange)?.Draw ?? Random.Shared.NextDouble();
        var turn = new DeploymentTurn(context.Distribution, policy, StagingChoice.Decide(policy, context.Request.Headers, draw, time.GetUtcNow()));
        context.Deployment = turn;
        DeploymentSession.RemoveFrom(context.Request.Headers);
        if (turn.Verdict.IsStaging)
        {
            Take(context, policy.Staging);
        }

        return null;
    }

    /// <summary>DP-3.10: patterns see the default root object.</summary>
    private static EdgeAnswer? Match(RequestContext context)
    {
        context.Distribution.ApplyDefaultRootObject(context.Request);
        context.Behavior = BehaviorMatch.Find(context.Distribution, context.Request.Path);
        context.Record.BehaviorPattern = context.Behavior.Pattern.Text;
        if (context.Behavior.Signers is not null)
        {
            SigningParameters.TakeOff(context.Request); // whatever becomes of the request, key and origin never see them
        }

        return null;
    }

    /// <summary>§23, §4, DP-2.11, and the bound on bodies of §5.</summary>
    private EdgeAnswer? Check(RequestContext context)
    {
        if (context.Exchange.BodyLength > Admission.MaxBodyBytes)
        {
            return EdgeAnswer.Error(context, 413, ErrorPage.BadRequest, ErrorDetail.InvalidRequest);
        }

        var verdict = context.Distribution.Countries?.Allows(context.Viewer.Place) == false
            ? AccessVerdict.CountryBlocked
            : AccessCheck.Decide(context.Request, context.Behavior, context.Exchange.HasBody);
        context.Access = verdict;
        return verdict switch
        {
            AccessVerdict.Allowed => null,
            AccessVerdict.CountryBlocked => EdgeAnswer.Error(context, 403, ErrorPage.CountryBlocked, ErrorDetail.ClientGeoBlocked), // DP-23.2
            AccessVerdict.MovedToHttps => EdgeAnswer.Redirect(301, Location(context)),
            AccessVerdict.TemporarilyMovedToHttps => EdgeAnswer.Redirect(307, Location(context)),
            AccessVerdict.HttpsOnly or AccessVerdict.BodyNotAllowed or AccessVerdict.Loop => EdgeAnswer.Error(context, 403, ErrorPage.BadRequest, ErrorDetail.InvalidRequest),
            AccessVerdict.MethodNotAllowed => EdgeAnswer.Error(context, 403, MethodMessage(context), ErrorDetail.InvalidRequestMethod),
        };
    }

    /// <summary>Step 10 of §1, §24: after protocol and method, so that redirects and their like need no signature (DP-24.18).</summary>
    private EdgeAnswer? CheckSignature(RequestContext context)
    {
        if (context.Behavior.Signers is not { } signers)
        {
            return null;
        }

        var verdict = (context.Exchange.HandlerState as StraightVisit)?.TakeRefusal()
            ?? SignatureCheck.Decide(context.Request, signers, context.Viewer.Address, context.Record.StartedAt, signatures); // DP-24.5: as of when it came
        context.Signature = verdict;
        return verdict is SignatureVerdict.Good ? null : EdgeAnswer.NotSigned(verdict);
    }

    private string Location(RequestContext context)
    {
        // The viewer asked for `/`, not for the object that stands for it, and for what was signed with all that signs it.
        var request = context.Request;
        var path = Encoding.Latin1.GetString(request.ReceivedPath);
        var target = request.HasReceivedQuery ? $"{path}?{Encoding.Latin1.GetString(request.ReceivedQuery)}" : path;
        return RedirectPage.Location(context.Host, ports.Https, target);
    }

    private static string MethodMessage(RequestContext context) =>
        context.Behavior.AllowedMethods.Contains(Protocols.Http.RequestMethod.Post) ? ErrorPage.MethodUnknown : ErrorPage.MethodNotAllowed;

    private static void End(RequestContext context, ErrorDetail detail)
    {
        var record = context.Record;
        record.Result = ResultType.Error;
        record.ResponseResult = record.Status == 0 ? ResultType.Error : record.ResponseResult; // nothing was about to be sent
        record.Detail = detail;
        context.Exchange.Abort();
    }

    private void Account(RequestContext context)
    {
        var record = context.Record;
        record.EndedAt = time.GetUtcNow();
        record.BytesReceived = context.Exchange.BytesReceived;
        record.BytesSent = context.Exchange.BytesSent;
        record.OriginHost = context.OriginCall?.OriginHost;
        record.FailoverCode = context.OriginCall?.FailoverCode;
        sink.Record(record);
    }

    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Error, "Request {RequestId} failed in the edge itself.", EventName = "RequestFailed")]
        public static partial void Failed(ILogger logger, string requestId, Exception error);
    }
}
