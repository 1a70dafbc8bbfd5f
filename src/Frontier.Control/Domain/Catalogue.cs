// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.OriginAccess;

namespace Frontier.Control.Domain;

/// <summary>All resources as of one snapshot version, in order of creation. Immutable.</summary>
internal sealed record Catalogue(long Version, IReadOnlyList<Distribution> Distributions, IReadOnlyList<OriginAccessControl> OriginAccessControls)
{
    public Distribution? FindDistribution(string id) => Distributions.FirstOrDefault(distribution => distribution.Id == id);

    public OriginAccessControl? FindOriginAccessControl(string id) => OriginAccessControls.FirstOrDefault(control => control.Id == id);
}
