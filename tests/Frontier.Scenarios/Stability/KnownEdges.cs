// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Scenarios.Stability;

/// <summary>A list of edges as DNS gave it once. Of those that led nowhere none is told again, until all are back.</summary>
internal sealed class KnownEdges(IReadOnlyList<NetworkHost> edges) : IDirections
{
    private volatile HashSet<NetworkHost> _gone = [];

    public Task<IReadOnlyList<NetworkHost>> FindAsync(string domain, CancellationToken cancellationToken)
    {
        var gone = _gone;
        return Task.FromResult<IReadOnlyList<NetworkHost>>([.. edges.Where(edge => !gone.Contains(edge))]);
    }

    public void LeadsNowhere(NetworkHost edge) => _gone = [.. _gone, edge];

    public void AllBack() => _gone = [];
}
