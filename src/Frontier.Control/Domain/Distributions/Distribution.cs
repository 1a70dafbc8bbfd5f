// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Distributions;

/// <summary>A distribution: its configuration and what only the control plane may say of it.</summary>
/// <param name="ChangedIn">The snapshot version that its last change made.</param>
/// <param name="Deployed">Whether every edge in service serves that version (API §5.3); never goes back until the next change.</param>
internal sealed record Distribution(
    string Id, string DomainName, string ETag, DateTimeOffset ModifiedAt, long ChangedIn, bool Deployed, DistributionSettings Settings)
{
    public string Status => Deployed ? "Deployed" : "InProgress";
}
