// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Forwarding;
using Frontier.Edge.Origins;

namespace Frontier.Edge.Pipeline;

/// <summary>Asks an origin, and the second one of its group where the first fails (§12). Every call begins with the first: nothing is remembered (DP-12.1).</summary>
internal sealed class OriginCalls(OriginClient client)
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<OriginResult> SendAsync(OriginCall call, CancellationToken cancellationToken) =>
        call.Secondary is { } secondary ? SendToGroupAsync(call, secondary, cancellationToken) : client.SendAsync(call.Primary, cancellationToken);

    private async ValueTask<OriginResult> SendToGroupAsync(OriginCall call, OriginRequest secondary, CancellationToken cancellationToken)
    {
        var result = await client.SendAsync(call.Primary, cancellationToken);
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
        return await client.SendAsync(secondary, cancellationToken); // final, whatever it is (DP-12.4)
    }

    private static int? Reason(OriginCall call, OriginResult result) => result.Response is { } response
        ? Failover.Reason(call.Failover!, response.Head.Status, notConnected: false)
        : result.Failure.IsOrigins
            ? Failover.Reason(call.Failover!, result.Failure.Status, notConnected: result.Failure is OriginFailure.ConnectError or OriginFailure.ConnectTimeout)
            : null;
}
