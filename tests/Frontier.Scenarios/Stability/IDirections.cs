// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Scenarios.Stability;

/// <summary>Tells a viewer where to go.</summary>
internal interface IDirections
{
    /// <summary>The best first; none where nobody knows.</summary>
    /// <param name="domain">Of the distribution.</param>
    Task<IReadOnlyList<NetworkHost>> FindAsync(string domain, CancellationToken cancellationToken);

    /// <summary>The viewer could not reach that edge, or it broke off.</summary>
    void LeadsNowhere(NetworkHost edge);
}
