// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Publishing;

namespace Frontier.Control.Api.Deployment;

/// <summary>Staging distributions: CopyDistribution and UpdateDistributionWithStagingConfig (<c>api.md</c> §6.1).</summary>
internal sealed class StagingOperations(DistributionOperations distributions, Publisher publisher, ControlOptions options)
{
    private readonly StagingPlans _plans = new(options, new DistributionPlans(options));

    public IReadOnlyList<Operation> Table =>
    [
        new("CopyDistribution", "POST", "/distribution/{Id}/copy", CopyDistributionDocument.RootName, 201, CopyAsync),
        new("UpdateDistributionWithStagingConfig", "PUT", "/distribution/{Id}/promote-staging-config", null, 200, PromoteAsync),
    ];

    public async Task<ApiResponse> CopyAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(CopyDistributionDocument.Read).Failed(out var error, out var copy))
        {
            return error;
        }

        if (!string.Equals(request.Staging, "true", StringComparison.OrdinalIgnoreCase))
        {
            return ApiErrors.InvalidArgument.Saying("Only staging distributions can be made by copying; the header Staging must be true.");
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanCopy(catalogue, request.Id, request.IfMatch, copy), cancellationToken);
        return changed.Failed(out error, out var row) ? error : await distributions.RespondAsync(row, cancellationToken) with { Location = $"distribution/{row.Id}" };
    }

    public async Task<ApiResponse> PromoteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var stagingId = request.QueryValue("StagingDistributionId") is { Length: > 0 } given ? given : null;
        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanPromotion(catalogue, request.Id, stagingId, request.IfMatch), cancellationToken);
        return changed.Failed(out var error, out var row) ? error : await distributions.RespondAsync(row, cancellationToken);
    }
}
