// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Api;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Fleet;
using Frontier.Control.Publishing;

namespace Frontier.Control.OwnApi.Fleet;

/// <summary>The machines of the fleet, and the tokens that let them in.</summary>
/// <param name="authority">Null where no machines are listened to.</param>
internal sealed class NodeOperations(Publisher publisher, FleetBoard board, FleetAuthority? authority, TimeProvider time)
{
    private const int DefaultSeconds = 3_600;
    private const int FewestSeconds = 60;
    private const int MostSeconds = 7 * 24 * 3_600;
    private const int MostUses = 1_000;

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
        new("CreateJoinToken", "POST", "fleet/tokens", "Makes a token by which machines join the fleet; the answer tells it, once", Changes: true, CreateTokenAsync)
        {
            SuccessStatus = 201,
            Body = OwnJson.Default.CreateJoinTokenDocument,
            Answer = OwnJson.Default.JoinTokenDocument,
            Errors = [FleetErrors.NoSuchPop, FleetErrors.NoFleet, FleetErrors.TooManyTokens],
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

    private async Task<ApiResponse> CreateTokenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (authority is null)
        {
            return FleetErrors.NoFleet;
        }

        if (OwnBody.Read(request, OwnJson.Default.CreateJoinTokenDocument).Failed(out var error, out var document))
        {
            return error;
        }

        if (!NodeRoleNames.TryRead(document.Role, out var role))
        {
            return Invalid($"role must be one of {string.Join(", ", Enum.GetValues<NodeRole>().Select(NodeRoleNames.Of))}.");
        }

        var (seconds, uses) = (document.ValidSeconds ?? DefaultSeconds, document.Uses ?? 1);
        if (document.Pop is not { } pop || !PopSettings.IsName(pop) || seconds is < FewestSeconds or > MostSeconds || uses is < 1 or > MostUses)
        {
            return Invalid($"pop must be the name of a point of presence, validSeconds from {FewestSeconds} to {MostSeconds}, uses from 1 to {MostUses}.");
        }

        var token = JoinToken.New(authority.Fingerprint);
        var settings = new JoinTokenSettings(role, pop, time.GetUtcNow().AddSeconds(seconds), uses);
        if ((await publisher.ChangeAsync(catalogue => NodePlans.PlanToken(catalogue, JoinToken.HashOf(token.Secret), settings), cancellationToken)).Failed(out error, out _))
        {
            return error;
        }

        var made = new JoinTokenDocument(token.ToText(), NodeRoleNames.Of(role), pop, settings.ExpiresAt, uses);
        return new ApiResponse { Content = ApiContent.OfJson(made, OwnJson.Default.JoinTokenDocument) };
    }

    private static ApiError Invalid(string message) => ApiErrors.InvalidArgument.Saying(message);

    private static NodeDocument ToDocument(NodeConfig node, FleetMoment moment)
    {
        var settings = moment.Nodes[node.Id].Settings;
        var facts = node.Facts;
        return new NodeDocument(
            node.Id, NodeRoleNames.Of(facts.Role), node.Pop, node.State.ToString(), settings.IsDrained, facts.ProgramVersion, facts.Addresses, facts.HttpPort, facts.HttpsPort, facts.Weight, settings.JoinedAt, facts.Tier);
    }
}
