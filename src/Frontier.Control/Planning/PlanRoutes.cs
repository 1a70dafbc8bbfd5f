// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization.Metadata;
using Frontier.Control.Api;
using Frontier.Control.Domain;
using Frontier.Control.OwnApi;
using Frontier.Control.Publishing;

namespace Frontier.Control.Planning;

/// <summary>What Frontier's own API offers of planner and linter. None of it changes anything.</summary>
internal sealed class PlanRoutes(CatalogueLoader loader, ControlOptions options)
{
    private readonly Planner _planner = new(options);

    public IEnumerable<OwnRoute> Build() =>
    [
        new("PlanDistribution", "POST", "distributions/{Id}/plan", "What a configuration would change", Changes: false, (request, token) => PlanAsync(request, request.Id, token))
        {
            Description = "Checks the configuration as UpdateDistribution would, compares it by behavior with the present one, lints both, and runs the lines of a log through both.",
            Body = OwnJson.Default.PlanRequest,
            Answer = OwnJson.Default.PlanDocument,
            Errors = [ApiErrors.NoSuchDistribution, ApiErrors.MalformedXml, ApiErrors.MissingBody],
        },
        new("PlanConfiguration", "POST", "plan", "What a configuration would change, the distribution being found by its CallerReference", Changes: false, (request, token) => PlanAsync(request, null, token))
        {
            Description = "Where no distribution has that reference, the configuration is checked as CreateDistribution would.",
            Body = OwnJson.Default.PlanRequest,
            Answer = OwnJson.Default.PlanDocument,
            Errors = [ApiErrors.MalformedXml, ApiErrors.MissingBody],
        },
        new("LintConfiguration", "POST", "lint", "What is doubtful about a configuration", Changes: false, LintAsync)
        {
            Body = OwnJson.Default.PlanRequest,
            Answer = OwnJson.Default.LintDocument,
            Errors = [ApiErrors.MalformedXml, ApiErrors.MissingBody],
        },
        new("LintDistribution", "GET", "distributions/{Id}/lint", "What is doubtful about a distribution as it is", Changes: false, LintPresentAsync)
        {
            Answer = OwnJson.Default.LintDocument,
            Errors = [ApiErrors.NoSuchDistribution],
        },
    ];

    private async Task<ApiResponse> PlanAsync(ApiRequest request, string? id, CancellationToken cancellationToken)
    {
        if (OwnBody.Read(request, OwnJson.Default.PlanRequest).Failed(out var error, out var body))
        {
            return error;
        }

        return Answer(_planner.Plan(await loader.LoadAsync(cancellationToken), id, body), OwnJson.Default.PlanDocument);
    }

    private async Task<ApiResponse> LintAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (OwnBody.Read(request, OwnJson.Default.PlanRequest).Failed(out var error, out var body))
        {
            return error;
        }

        return Answer(_planner.Lint(await loader.LoadAsync(cancellationToken), body), OwnJson.Default.LintDocument);
    }

    private async Task<ApiResponse> LintPresentAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Answer(_planner.Lint(await loader.LoadAsync(cancellationToken), request.Id), OwnJson.Default.LintDocument);

    private static ApiResponse Answer<T>(Outcome<T> outcome, JsonTypeInfo<T> type)
        where T : class =>
        outcome.Failed(out var error, out var document) ? error : new ApiResponse { Content = ApiContent.OfJson(document, type) };
}
