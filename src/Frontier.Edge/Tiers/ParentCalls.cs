// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Telemetry;

namespace Frontier.Edge.Tiers;

/// <summary>
/// Asks the machines on the way to an origin, one after the other, until one answers. One that does not is passed over, and left alone for a
/// while: nobody waits for it longer than <see cref="Timeout"/>, and hardly anybody for that.
/// </summary>
internal sealed class ParentCalls(GatedCalls calls, TierIdentity identity, ParentCircuits circuits, HttpCache cache, TierMetrics metrics)
{
    /// <summary>For a connection with its handshake, and again for the first word on a connection that stands: that the request was taken up.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>The fleet asks all the time; a minute bridges the pauses.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60);

    /// <summary>What was answered: by a parent, or that it must not be asked again; null where nobody has and the origin is next.</summary>
    /// <param name="hops">Asked in this order.</param>
    /// <param name="origin">The only origin that may be asked for it; null for the whole group.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<OriginResult?> AskAsync(OriginCall call, TierCall request, ImmutableArray<TierHop> hops, string? origin, CancellationToken cancellationToken)
    {
        foreach (var hop in hops)
        {
            if (!circuits.TryEnter(hop.Node.Id))
            {
                metrics.Asked(hop.Level, ParentOutcome.PassedOver);
                continue;
            }

            if (await AskAsync(call, request, hop, origin, cancellationToken) is { } answered)
            {
                return answered;
            }
        }

        return null;
    }

    /// <summary>Whether a parent is passed over at the moment.</summary>
    public bool IsDown(TierNode node) => circuits.IsDown(node.Id);

    private async ValueTask<OriginResult?> AskAsync(OriginCall call, TierCall request, TierHop hop, string? origin, CancellationToken cancellationToken)
    {
        OriginResult result;
        try
        {
            // Only now: no purge that takes effect here before this moment is missing from what comes (decision 25).
            result = await calls.SendAsync(call, request.For(EndpointOf(hop.Node, request.Patience), hop.Level, origin, cache.NewestPurge), cancellationToken);
        }
        catch
        {
            circuits.GaveUp(hop.Node.Id);
            throw;
        }

        if (result.Response is not { } response)
        {
            return Failed(hop, request, result.Failure);
        }

        if (response.Head.Headers.Contains(TierFields.Declined))
        {
            circuits.Succeeded(hop.Node.Id);
            metrics.Asked(hop.Level, ParentOutcome.Declined);
            await response.DisposeAsync();
            return null;
        }

        if (!TierAnswer.TryRead(hop, response.Head.Headers, out var answer))
        {
            await response.DisposeAsync();
            return Failed(hop, request, OriginFailure.InvalidResponse);
        }

        circuits.Succeeded(hop.Node.Id);
        metrics.Asked(hop.Level, ParentOutcome.Answered);
        return await HeardAsync(call, response, answer);
    }

    private static async ValueTask<OriginResult> HeardAsync(OriginCall call, OriginResponse response, TierAnswer answer)
    {
        if (answer.FailoverCode is { } code && call.Failover is not null)
        {
            call.FailoverCode = code;
            call.OriginHost = call.SecondaryHost;
        }

        if (answer.Failure is not OriginFailure.None)
        {
            await response.DisposeAsync();
            return OriginResult.Failed(answer.Failure) with { KeptFor = answer.Lifetime?.FreshFor };
        }

        if (answer.Result is Usage.ResultType.Hit)
        {
            call.OriginHost = null; // nobody asked it
        }

        response.Parent = answer;
        return new OriginResult(OriginFailure.None, response);
    }

    /// <summary>Null where the next one may be asked.</summary>
    private OriginResult? Failed(TierHop hop, TierCall request, OriginFailure failure)
    {
        if (failure is OriginFailure.NoCapacity or OriginFailure.Unsendable or OriginFailure.ViewerGone)
        {
            circuits.GaveUp(hop.Node.Id); // says nothing of the parent
            metrics.Asked(hop.Level, ParentOutcome.NotSent);
            return null;
        }

        circuits.Failed(hop.Node.Id);
        metrics.Asked(hop.Level, ParentOutcome.Failed);
        var wasNotSent = failure is OriginFailure.ConnectError or OriginFailure.ConnectTimeout or OriginFailure.DnsError or OriginFailure.TlsError or OriginFailure.MutualTlsError;
        return wasNotSent || request.IsRepeatable ? null : OriginResult.Failed(failure);
    }

    private OriginEndpoint EndpointOf(TierNode node, TimeSpan patience) => new()
    {
        Host = node.Host,
        Port = node.Port,
        Tls = true,
        Peer = new TierPeer(identity, node.Id),
        Family = OriginAddressFamily.DualStack,
        ConnectionAttempts = 1,
        ConnectionTimeout = Timeout,
        FirstWordTimeout = Timeout,
        ReadTimeout = patience,
        KeepAliveTimeout = KeepAlive,
        IsOperators = true, // from the fleet's directory, and it proves who it is
    };
}
