// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;
using Frontier.Edge.Origins;
using Frontier.Edge.Shedding;

namespace Frontier.Edge.Pipeline;

/// <summary>Sends requests upward, to origins and to other machines alike, as many at a time as the gate lets.</summary>
internal sealed class GatedCalls(OriginClient client, MissGate misses)
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<OriginResult> SendAsync(OriginCall call, OriginRequest request, CancellationToken cancellationToken)
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
}
