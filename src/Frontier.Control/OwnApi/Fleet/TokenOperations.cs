// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Api;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Fleet;
using Frontier.Control.Publishing;

namespace Frontier.Control.OwnApi.Fleet;

/// <summary>The tokens that let machines into the fleet (decision 23).</summary>
/// <param name="authority">Null where no machines are listened to.</param>
internal sealed class TokenOperations(CatalogueLoader loader, Publisher publisher, FleetAuthority? authority, TimeProvider time)
{
    private const int DefaultSeconds = 3_600;
    private const int FewestSeconds = 60;
    private const int MostSeconds = 7 * 24 * 3_600;
    private const int MostUses = 1_000;

    public IEnumerable<OwnRoute> Routes =>
    [
        new("CreateJoinToken", "POST", "fleet/tokens", "Makes a token by which machines join the fleet; the answer tells it, once", Changes: true, CreateAsync)
        {
            SuccessStatus = 201,
            Body = OwnJson.Default.CreateJoinTokenDocument,
            Answer = OwnJson.Default.JoinTokenDocument,
            Errors = [FleetErrors.NoSuchPop, FleetErrors.NoFleet, FleetErrors.TooManyTokens],
        },
        new("ListJoinTokens", "GET", "fleet/tokens", "The tokens by which machines join, without their secrets, which nobody knows any more", Changes: false, ListAsync)
        {
            Description = "Tokens are listed for a day after they expired.",
            Answer = OwnJson.Default.JoinTokenListDocument,
        },
        new("RevokeJoinToken", "DELETE", "fleet/tokens/{Id}", "Revokes a token: it lets in nobody from then on. Machines that joined by it stay", Changes: true, RevokeAsync)
        {
            SuccessStatus = 204,
            Errors = [FleetErrors.NoSuchToken],
        },
    ];

    private async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
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
        var hash = JoinToken.HashOf(token.Secret);
        var settings = new JoinTokenSettings(role, pop, time.GetUtcNow().AddSeconds(seconds), uses);
        if ((await publisher.ChangeAsync(catalogue => NodePlans.PlanToken(catalogue, hash, settings), cancellationToken)).Failed(out error, out _))
        {
            return error;
        }

        var made = new JoinTokenDocument(token.ToText(), NodeRoleNames.Of(role), pop, settings.ExpiresAt, uses, NodePlans.TokenId(hash));
        return new ApiResponse { Content = ApiContent.OfJson(made, OwnJson.Default.JoinTokenDocument) };
    }

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var catalogue = await loader.LoadAsync(cancellationToken);
        var tokens = catalogue.JoinTokens.OrderBy(static token => token.Settings.ExpiresAt).ThenBy(static token => token.Id, StringComparer.Ordinal).Select(token => Describe(token, catalogue.ReadAt));
        return new ApiResponse { Content = ApiContent.OfJson(new JoinTokenListDocument([.. tokens]), OwnJson.Default.JoinTokenListDocument) };
    }

    private async Task<ApiResponse> RevokeAsync(ApiRequest request, CancellationToken cancellationToken) =>
        (await publisher.ChangeAsync(catalogue => NodePlans.PlanRevoke(catalogue, request.Id), cancellationToken)).Failed(out var error, out _) ? error : ApiResponse.Empty;

    private static ApiError Invalid(string message) => ApiErrors.InvalidArgument.Saying(message);

    private static JoinTokenSummaryDocument Describe(Resource<JoinTokenSettings> token, DateTimeOffset now)
    {
        var settings = token.Settings;
        var state = settings.ExpiresAt <= now ? "Expired" : settings.UsesLeft < 1 ? "UsedUp" : "Open";
        return new JoinTokenSummaryDocument(NodePlans.TokenId(token.Id), NodeRoleNames.Of(settings.Role), settings.Pop, state, settings.UsesLeft, settings.ExpiresAt);
    }
}
