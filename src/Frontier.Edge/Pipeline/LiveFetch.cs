// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Forwarding;
using Frontier.Edge.Origins;
using Frontier.Http;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>Answers what is a conversation and no object, before the cache is asked: WebSocket handshakes and gRPC calls (DP-30.1, DP-30.2).</summary>
internal sealed class LiveFetch(OriginClient client, OriginRequests requests, Pass pass, TimeProvider time)
{
    /// <summary>Null for every other request.</summary>
    public ValueTask<Answer?> FetchAsync(RequestContext context) =>
        context.Exchange.IsWebSocket ? HandshakeAsync(context)
        : IsGrpc(context) ? CallAsync(context)
        : ValueTask.FromResult<Answer?>(null);

    private static bool IsGrpc(RequestContext context) =>
        context.Behavior.Grpc && context.Request.Method is RequestMethod.Post && context.Request.Version is HttpVersion.Http2
        && context.Behavior.Origin is { IsS3: false } origin && origin.UsesTls(context.Request.IsHttps)
        && context.Request.Headers.TryGet("content-type"u8, out var type) && type.Length >= 16 && Ascii.EqualsIgnoreCase(type[..16], "application/grpc"u8);

    private async ValueTask<Answer?> HandshakeAsync(RequestContext context)
    {
        context.Record.MissReason = MissReason.Uncacheable;
        context.Exchange.AllowPauses();
        context.OriginCall = requests.Compose(context, OriginPurpose.WebSocket, revalidate: null, block: null);
        var result = await client.SendAsync(context.OriginCall.Primary, context.Exchange.Aborted);
        if (result.Response is not { } response)
        {
            return FailureAnswer.Of(context, result.Failure);
        }

        if (response.Head.Status != 101)
        {
            return pass.Of(context, response);
        }

        context.Record.Carries = CarriedProtocol.WebSocket;
        return TunnelAnswer.Of(context, response, time);
    }

    private async ValueTask<Answer?> CallAsync(RequestContext context)
    {
        context.Record.MissReason = MissReason.Uncacheable;
        context.Record.Carries = CarriedProtocol.Grpc;
        context.Exchange.AllowPauses();
        context.OriginCall = requests.Compose(context, OriginPurpose.Grpc, revalidate: null, block: null);
        var result = await client.CallAsync(context.OriginCall.Primary, context.Exchange.Aborted);
        if (result.Failure is OriginFailure.ViewerGone)
        {
            throw new ViewerGoneException();
        }

        if (result.Response is not { } response)
        {
            return FailureAnswer.Of(context, result.Failure);
        }

        var filtered = new ResponseHead();
        ViewerResponse.Filter(response.Head, context.Behavior, isShared: false, filtered);
        return new PassedAnswer(response)
        {
            Head = filtered,
            Result = filtered.Status >= 400 ? ResultType.Error : ResultType.Miss,
            Detail = filtered.Status >= 400 ? ErrorDetail.OriginError : ErrorDetail.None,
            ViaVersion = HttpVersion.Http2.Number,
        };
    }
}
