// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Validation;

/// <summary>What the settings of a resource are checked against besides themselves.</summary>
/// <param name="OwnId">Null for a resource that is being created.</param>
internal sealed record CheckContext(Catalogue Catalogue, string? OwnId, ControlOptions Options)
{
    public Quotas Quotas => Options.Quotas;
}
