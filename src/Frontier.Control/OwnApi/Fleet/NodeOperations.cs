// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Api;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Fleet;
using Frontier.Control.Publishing;

namespace Frontier.Control.OwnApi.Fleet;

/// <summary>The machines of the fleet.</summary>
internal sealed class NodeOperations(Publisher publisher, FleetBoard board)
{
    public IEnumerable<OwnRoute> Routes =>
    [
        new("ListNodes", "GET", "nodes", "The machines of the fleet", Changes: false, ListAsync) { Answer = OwnJson.Default.NodeListDocument },
        new("DrainNode", "POST", "nodes/{Id}/drain", "Sends viewers elsewhere than to a machine; it serves on whoever comes", Changes: true, (request, token) => DrainAsync(request, true, token))
        {
            Answer = OwnJson.Default.NodeDocument,
            Errors = [FleetErrors.NoSuchNode],
        },
        new("UndrainNode", "POST", "nodes/{Id}/undrain", "Lets viewers come to a machine again", Changes: true, (request, token) => DrainAsync(request, false, token))
        {
            Answer = OwnJson.Default.NodeDocument,
            Errors = [FleetErrors.NoSuchNode],
        },
        new("DeleteNode", "DELETE", "nodes/{Id}", "Removes a machine from the fleet: its certificate counts for nothing from then on", Changes: true, DeleteAsync)
        {
            SuccessStatus = 204,
            Errors = [FleetErrors.NoSuchNode],
        },
    ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await board.RefreshAsync(cancellationToken);
        var moment = board.Read();
        var nodes = moment.Directory.Nodes.Select(node => ToDocument(node, moment));
        return new ApiResponse { Content = ApiContent.OfJson(new NodeListDocument([.. nodes]), OwnJson.Default.NodeListDocument) };
    }

    private async Task<ApiResponse> DrainAsync(ApiRequest request, bool isDrained, CancellationToken cancellationToken)
    {
        if ((await publisher.ChangeAsync(catalogue => NodePlans.PlanDrain(catalogue, request.Id, isDrained), cancellationToken)).Failed(out var error, out _))
        {
            return error;
        }

        await board.RefreshAsync(CancellationToken.None);
        var moment = board.Read();
        return moment.Directory.Nodes.FirstOrDefault(node => node.Id == request.Id) is { } drained
            ? new ApiResponse { Content = ApiContent.OfJson(ToDocument(drained, moment), OwnJson.Default.NodeDocument) }
            : FleetErrors.NoSuchNode; // removed at once: there is nothing left to tell of
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if ((await publisher.ChangeAsync(catalogue => NodePlans.PlanDelete(catalogue, request.Id), cancellationToken)).Failed(out var error, out _))
        {
            return error;
        }

        await board.RefreshAsync(CancellationToken.None);
        return ApiResponse.Empty;
    }

    private static NodeDocument ToDocument(NodeConfig node, FleetMoment moment)
    {
        var settings = moment.Nodes[node.Id].Settings;
        var facts = node.Facts;
        return new NodeDocument(
            node.Id, NodeRoleNames.Of(facts.Role), node.Pop, node.State.ToString(), settings.IsDrained, facts.ProgramVersion, facts.Addresses, facts.HttpPort, facts.HttpsPort, facts.Weight, settings.JoinedAt, facts.Tier);
    }
}
