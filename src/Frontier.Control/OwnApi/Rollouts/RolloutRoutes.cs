// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Control.Api;
using Frontier.Control.Domain;
using Frontier.Control.Feed;
using Frontier.Control.Fleet;
using Frontier.Control.Rollout;

namespace Frontier.Control.OwnApi.Rollouts;

/// <summary>What operators see of the rollout, and what they decide about it.</summary>
internal sealed class RolloutRoutes(RolloutStore rollout, RolloutRollback rollback, FeedState feed, EdgeRegistry edges, FleetBoard board, RolloutOptions options, TimeProvider time)
{
    private const int LongestReason = 256;

    /// <summary>The director decides once a second; losing more often in a row means that something else is wrong.</summary>
    private const int MostAttempts = 8;

    private static readonly ApiError NotNow = new("RolloutNotPossible", 409, "");

    public IEnumerable<OwnRoute> Routes =>
    [
        new("GetRollout", "GET", "rollout", "Which edges get the newest configuration", Changes: false, ShowAsync) { Answer = OwnJson.Default.RolloutDocument },
        new("HaltRollout", "POST", "rollout/halt", "Send edges nothing newer than what was good", Changes: true, HaltAsync)
        {
            Description = "Edges that have a version that is not good yet are sent the good one. The API goes on accepting changes, which wait until the rollout is resumed, expedited or rolled back.",
            Body = OwnJson.Default.HaltDocument,
            BodyIsOptional = true,
            Answer = OwnJson.Default.RolloutDocument,
            Errors = [NotNow],
        },
        new("ResumeRollout", "POST", "rollout/resume", "Roll out the newest version, from the first wave on", Changes: true, ResumeAsync) { Answer = OwnJson.Default.RolloutDocument, Errors = [NotNow] },
        new("ExpediteRollout", "POST", "rollout/expedite", "Send the newest version to all edges at once", Changes: true, ExpediteAsync) { Answer = OwnJson.Default.RolloutDocument, Errors = [NotNow] },
        new("RollBackRollout", "POST", "rollout/rollback", "Take back the last changes, by new versions of what changed", Changes: true, RollBackAsync)
        {
            Description =
                "What is being rolled out, or was halted, is taken back; where nothing is, what the last rollout brought; without waves, the last change. Distributions return to the version of then, "
                + "by a new version each. Should anything else have changed, which has no versions, nothing is done.",
            Answer = OwnJson.Default.RolloutDocument,
            Errors = [NotNow, new("CannotBeTakenBack", 409, "")],
        },
    ];

    private async Task<ApiResponse> ShowAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await rollout.RefreshAsync(cancellationToken);
        return Respond();
    }

    private Task<ApiResponse> HaltAsync(ApiRequest request, CancellationToken cancellationToken) =>
        OwnBody.Read(request, OwnJson.Default.HaltDocument, new HaltDocument()).Failed(out var error, out var document) ? Task.FromResult<ApiResponse>(error)
        : document.Reason is { Length: > LongestReason } ? Task.FromResult<ApiResponse>(ApiErrors.InvalidArgument.Saying($"reason may have {LongestReason} characters."))
        : DecideAsync(
            state => Task.FromResult<Outcome<RolloutState>>(state.Halted is not null
                ? NotNow.Saying($"It is halted already: {state.Halted}")
                : state with { Halted = document.Reason is { Length: > 0 } reason ? $"An operator halted it: {reason}" : "An operator halted it." }),
            cancellationToken);

    private Task<ApiResponse> ResumeAsync(ApiRequest request, CancellationToken cancellationToken) => DecideAsync(
        async state => state.Halted is null ? NotNow.Saying("It is not halted.")
            : feed.Read().Version is var newest && newest == state.Good ? RolloutState.Everywhere(newest, state.Before, time.GetUtcNow())
            : RolloutDecision.Begin(state, newest, await edges.ListInServiceAsync(cancellationToken), board.Read().Draining, time.GetUtcNow()),
        cancellationToken);

    private Task<ApiResponse> ExpediteAsync(ApiRequest request, CancellationToken cancellationToken) => DecideAsync(
        state => Task.FromResult<Outcome<RolloutState>>(feed.Read().Version is var newest && newest == state.Good && state.Halted is null
            ? NotNow.Saying(string.Create(CultureInfo.InvariantCulture, $"Every edge may have the newest version, {newest}, already."))
            : RolloutState.Everywhere(newest, newest == state.Good ? state.Before : state.Good, time.GetUtcNow())),
        cancellationToken);

    private async Task<ApiResponse> RollBackAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await rollout.RefreshAsync(cancellationToken);
        var newest = feed.Read().Version;
        var wanted = rollout.State is not { } state ? newest - 1 : newest > state.Good ? state.Good : state.Before;
        if ((await rollback.RunAsync(wanted, cancellationToken)).Failed(out var error, out var made))
        {
            return error;
        }

        // It says what edges serve, or served before: there is nothing to try.
        return options.Mode is RolloutMode.AtOnce
            ? Respond()
            : await DecideAsync(_ => Task.FromResult<Outcome<RolloutState>>(RolloutState.Everywhere(made.Number, wanted, time.GetUtcNow())), cancellationToken);
    }

    private async Task<ApiResponse> DecideAsync(Func<RolloutState, Task<Outcome<RolloutState>>> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            await rollout.RefreshAsync(cancellationToken);
            if (rollout.State is not { } state)
            {
                return NotNow.Saying("This control plane sends every version to all edges at once. Start it with --rollout waves to decide about that.");
            }

            if ((await decide(state)).Failed(out var error, out var next))
            {
                return error;
            }

            if (await rollout.TryChangeAsync(state, next, cancellationToken))
            {
                return Respond();
            }
        }

        return ApiErrors.ServiceUnavailable;
    }

    private ApiResponse Respond() => new() { Content = ApiContent.OfJson(Describe(), OwnJson.Default.RolloutDocument) };

    private RolloutDocument Describe()
    {
        var newest = feed.Read().Version;
        var mode = options.Mode.ToString();
        return rollout.State is not { } state ? new RolloutDocument(mode, "Complete", newest, newest)
            : state.Halted is { } reason ? OfWave(new RolloutDocument(mode, "Halted", newest, state.Good) { Reason = reason }, state)
            : state.IsUnderWay ? OfWave(new RolloutDocument(mode, "Rolling", newest, state.Good), state)
            : new RolloutDocument(mode, newest > state.Good ? "Rolling" : "Complete", newest, state.Good);
    }

    private static RolloutDocument OfWave(RolloutDocument document, RolloutState state) => state.Wave is RolloutWave.All ? document : document with
    {
        Version = state.Target,
        Wave = state.Wave.ToString(),
        Edges = state.Edges,
        WaveSince = state.WaveSince,
        ServedSince = state.ServedSince,
    };
}
