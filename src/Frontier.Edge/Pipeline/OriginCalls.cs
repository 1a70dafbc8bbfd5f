// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;
using Frontier.Decisions.Forwarding;
using Frontier.Edge.Origins;
using Frontier.Edge.Shedding;

namespace Frontier.Edge.Pipeline;

/// <summary>Asks an origin, and the second one of its group where the first fails (§12). Every call begins with the first: nothing is remembered (DP-12.1). As many ask at a time as the gate lets.</summary>
internal sealed class OriginCalls(OriginClient client, MissGate misses)
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<OriginResult> SendAsync(OriginCall call, CancellationToken cancellationToken) =>
        call.Secondary is { } secondary ? SendToGroupAsync(call, secondary, cancellationToken) : AskAsync(call, call.Primary, cancellationToken);

    private async ValueTask<OriginResult> SendToGroupAsync(OriginCall call, OriginRequest secondary, CancellationToken cancellationToken)
    {
        var result = await AskAsync(call, call.Primary, cancellationToken);
        if (Reason(call, result) is not { } code)
        {
            return result;
        }

        if (result.Response is { } failed)
        {
            await failed.DisposeAsync();
        }

        call.FailoverCode = code;
        call.OriginHost = call.SecondaryHost;
        return await AskAsync(call, secondary, cancellationToken); // final, whatever it is (DP-12.4)
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginResult> AskAsync(OriginCall call, OriginRequest request, CancellationToken cancellationToken)
    {
        if (await misses.EnterAsync(call.DistributionId, OriginAddress.Of(request.Endpoint), call.Viewer, cancellationToken) is not { } slot)
        {
            return OriginResult.Failed(OriginFailure.NoCapacity);
        }

        OriginResponse? answered = null;
        try
        {
            var result = await client.SendAsync(request, cancellationToken);
            answered = result.Response;
            answered?.Hold(slot);
            return result;
        }
        finally
        {
            if (answered is null)
            {
                slot.GiveBack();
            }
        }
    }

    private static int? Reason(OriginCall call, OriginResult result) => result.Response is { } response
        ? Failover.Reason(call.Failover!, response.Head.Status, notConnected: false)
        : result.Failure.IsOrigins
            ? Failover.Reason(call.Failover!, result.Failure.Status, notConnected: result.Failure is OriginFailure.ConnectError or OriginFailure.ConnectTimeout)
            : null;
}
