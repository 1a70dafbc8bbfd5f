// SPDX-License-Identifier: Apache-2.0

using System.Threading.Channels;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Models;
using Frontier.Edge.Origins;
using Frontier.Http;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Interim answers on their way to the viewer whose request they answer (RFC 9110, section 15.2; CloudFront drops them,
/// DP-11.11). The origin's side notes them at any time; the viewer's own task sends them while it waits for the final answer,
/// so that nobody else ever writes to its exchange. Notes beyond the bound are dropped.
/// </summary>
internal sealed class InterimAnswers(HttpExchange viewer, BehaviorModel behavior)
{
    private readonly Channel<ResponseHead> _noted = Channel.CreateBounded<ResponseHead>(
        new BoundedChannelOptions(OriginExchange.MaxInterimResponses) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Keeps a copy. Thread-safe; calls after the final answer are of no effect.</summary>
    public void Note(ResponseHead interim)
    {
        var copy = new ResponseHead();
        ViewerResponse.Filter(interim, behavior, isShared: false, copy);
        _noted.Writer.TryWrite(copy);
    }

    /// <summary>Waits for the final answer, and sends what is noted meanwhile. For the viewer's own task, once.</summary>
    public async ValueTask<T> RelayUntilAsync<T>(ValueTask<T> final)
    {
        // While a body comes in, the exchange may be telling the viewer to go on with it: its interim answers wait for the final one.
        var relaying = viewer.HasBody ? null : RelayAsync();
        try
        {
            return await final;
        }
        finally
        {
            _noted.Writer.TryComplete();
            await (relaying ?? RelayAsync());
        }
    }

    private async Task RelayAsync()
    {
        try
        {
            await foreach (var interim in _noted.Reader.ReadAllAsync())
            {
                await viewer.SendInterimAsync(interim, viewer.Aborted);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The viewer has gone, which whoever sends the final answer finds out for himself.
        }
    }
}
