// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Domain.Names;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Fleet;

/// <summary>Decides who joins the fleet, and on changes to its machines and tokens, against one state of the catalogue.</summary>
internal static class NodePlans
{
    /// <summary>As many as <c>EdgeRegistry</c> hears.</summary>
    public const int MostNodes = 10_000;

    /// <summary>Of tokens, those that expired lately included.</summary>
    public const int MostTokens = 1_000;

    /// <summary>For so long a token that has expired is told from one that never was.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>What a token is called: 48 bits of a hash that tells nothing of the secret.</summary>
    public static string TokenId(string hash) => hash[..12];

    public static Outcome<PlannedChange> PlanToken(Catalogue catalogue, string hash, JoinTokenSettings settings)
    {
        if (catalogue.FindPop(settings.Pop) is null)
        {
            return FleetErrors.NoSuchPop.Saying($"There is no point of presence {settings.Pop}. Make it first: frontier pop add {settings.Pop}");
        }

        var gone = catalogue.JoinTokens.Where(token => token.Settings.ExpiresAt + Remembered < catalogue.ReadAt).ToList();
        return catalogue.JoinTokens.Count - gone.Count >= MostTokens
            ? FleetErrors.TooManyTokens
            : Plan(ChangeVerb.Create, hash, settings, null) with { Before = [.. gone.Select(static token => Plan(ChangeVerb.Delete, token.Id, token.Settings, token.ETag))] };
    }

    public static Outcome<PlannedChange> PlanRevoke(Catalogue catalogue, string id) => catalogue.JoinTokens.FirstOrDefault(token => TokenId(token.Id) == id) is { } token
        ? Plan(ChangeVerb.Delete, token.Id, token.Settings, token.ETag)
        : FleetErrors.NoSuchToken;

    /// <summary>The token loses a use in the transaction in which the machine joins: one use, one machine, however many ask at once.</summary>
    public static Outcome<PlannedChange> PlanJoin(Catalogue catalogue, JoinRequest request)
    {
        var hash = JoinToken.HashOf(request.Secret);
        var role = request.Facts.Role;
        if (catalogue.FindJoinToken(hash) is not { } token)
        {
            return Refuse($"This token is not known here. {Another(role, request.Pop)}");
        }

        var settings = token.Settings;
        if (settings.ExpiresAt <= catalogue.ReadAt)
        {
            return Refuse($"This token expired at {settings.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z. {Another(role, request.Pop)}");
        }

        if (settings.UsesLeft < 1)
        {
            return Refuse($"This token is used up: as many machines as it was made for have joined by it. {Another(role, request.Pop)}");
        }

        if (settings.Role != role || settings.Pop != request.Pop)
        {
            return Refuse($"This token lets in the role {NodeRoleNames.Of(settings.Role)} at {settings.Pop}, and not {NodeRoleNames.Of(role)} at {request.Pop}. {Another(role, request.Pop)}");
        }

        if (catalogue.FindPop(request.Pop) is null)
        {
            return Refuse($"There is no point of presence {request.Pop} any more. Make it, and a new token: frontier pop add {request.Pop}");
        }

        if (catalogue.FindNode(request.NodeId) is not null || catalogue.Nodes.Count >= MostNodes)
        {
            return Refuse(catalogue.Nodes.Count >= MostNodes ? $"The fleet has {MostNodes} machines, as many as it may. Remove some: frontier fleet remove ID" : $"There is a machine {request.NodeId} already. Start again, which chooses another id.");
        }

        return Plan(ChangeVerb.Create, request.NodeId, new NodeSettings(request.Pop, request.Facts, IsDrained: false, catalogue.ReadAt), null) with
        {
            Before = [Plan(ChangeVerb.Update, hash, settings with { UsesLeft = settings.UsesLeft - 1 }, token.ETag)],
        };
    }

    /// <summary>The role never changes: it was the token's to give.</summary>
    public static Outcome<PlannedChange> PlanFacts(Catalogue catalogue, string id, NodeFacts facts) => catalogue.FindNode(id) is { } node
        ? Plan(ChangeVerb.Update, id, node.Settings with { Facts = facts with { Role = node.Settings.Facts.Role } }, node.ETag)
        : FleetErrors.NoSuchNode;

    public static Outcome<PlannedChange> PlanDrain(Catalogue catalogue, string id, bool isDrained) => catalogue.FindNode(id) is { } node
        ? Plan(ChangeVerb.Update, id, node.Settings with { IsDrained = isDrained }, node.ETag)
        : FleetErrors.NoSuchNode;

    public static Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string id) => catalogue.FindNode(id) is { } node
        ? Plan(ChangeVerb.Delete, id, node.Settings, node.ETag)
        : FleetErrors.NoSuchNode;

    /// <summary>Compared by what they say: arrays within records are not.</summary>
    public static bool AreSame(NodeFacts one, NodeFacts other) =>
        one.Addresses.SequenceEqual(other.Addresses) && one with { Addresses = [], Role = default } == other with { Addresses = [], Role = default };

    private static ApiError Refuse(string message) => FleetErrors.JoinRefused.Saying(message);

    private static string Another(NodeRole role, string pop) => $"Get another one from the control plane: frontier fleet token --role {NodeRoleNames.Of(role)} --pop {pop}";

    private static PlannedChange Plan(ChangeVerb verb, string id, NodeSettings settings, string? etag) =>
        new(verb, ToRow(ResourceKind.Node, id, XmlText.Write(FleetDocuments.Write(settings))), etag, After: null) { NotFound = FleetErrors.NoSuchNode };

    private static PlannedChange Plan(ChangeVerb verb, string hash, JoinTokenSettings settings, string? etag) =>
        new(verb, ToRow(ResourceKind.JoinToken, hash, XmlText.Write(FleetDocuments.Write(settings))), etag, After: null) { NotFound = FleetErrors.NoSuchToken };

    private static ResourceRow ToRow(ResourceKind kind, string id, string body) => new() { Kind = kind, Id = id, ETag = ResourceIds.NewETag(), Body = body, ModifiedAt = default, Deployed = true };
}
