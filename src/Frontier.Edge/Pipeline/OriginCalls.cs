// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Origins;
using Frontier.Edge.Tiers;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Asks whoever is on the way to an origin, the origin, and the second one of its group where the first fails (§12). Every call begins
/// with the first: nothing is remembered (DP-12.1). Each origin of a group has a shield of its own, or none (DP-26.4).
/// </summary>
/// <param name="parents">Null on a machine without a fleet.</param>
internal sealed class OriginCalls(GatedCalls origins, ParentCalls? parents)
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<OriginResult> SendAsync(OriginCall call, CancellationToken cancellationToken) =>
        call.Tiers is { } tiers && parents is not null ? SendUpAsync(call, tiers, parents, cancellationToken)
        : call.Secondary is { } secondary ? SendToGroupAsync(call, secondary, cancellationToken)
        : origins.SendAsync(call, call.Primary, cancellationToken);

    private async ValueTask<OriginResult> SendUpAsync(OriginCall call, TierCall tiers, ParentCalls parents, CancellationToken cancellationToken) =>
        await parents.AskAsync(call, tiers, tiers.Way.Parents, origin: null, cancellationToken) is { } answered ? answered
        : call.Secondary is { } secondary ? await SendToGroupAsync(call, secondary, cancellationToken)
        : await AskAsync(call, call.Primary, tiers.Way.Shields, tiers.OriginId, cancellationToken);

    private async ValueTask<OriginResult> SendToGroupAsync(OriginCall call, OriginRequest secondary, CancellationToken cancellationToken)
    {
        var result = await AskAsync(call, call.Primary, call.Tiers?.Way.Shields ?? [], call.Tiers?.OriginId, cancellationToken);
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
        return await AskAsync(call, secondary, call.Tiers?.Way.SecondaryShields ?? [], call.Failover!.Secondary.Id, cancellationToken); // final, whatever it is (DP-12.4)
    }

    private async ValueTask<OriginResult> AskAsync(OriginCall call, OriginRequest request, ImmutableArray<TierHop> shields, string? origin, CancellationToken cancellationToken) =>
        !shields.IsEmpty && parents is not null && await parents.AskAsync(call, call.Tiers!, shields, origin, cancellationToken) is { } answered
            ? answered
            : await origins.SendAsync(call, request, cancellationToken);

    private static int? Reason(OriginCall call, OriginResult result) => result.Response is { } response
        ? Failover.Reason(call.Failover!, response.Head.Status, notConnected: false)
        : result.Failure.IsOrigins
            ? Failover.Reason(call.Failover!, result.Failure.Status, notConnected: result.Failure is OriginFailure.ConnectError or OriginFailure.ConnectTimeout)
            : null;
}
