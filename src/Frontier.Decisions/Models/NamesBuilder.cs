// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>Collects the names of a snapshot's distributions while they are compiled. That no name comes twice is the compiler's to see to.</summary>
/// <param name="distributions">How many there are about to be.</param>
internal sealed class NamesBuilder(int distributions)
{
    private readonly List<string> _names = new(distributions);
    private readonly List<DistributionModel> _owners = new(distributions);
    private readonly List<string> _suffixes = [];
    private readonly List<DistributionModel> _suffixOwners = [];

    public void Add(DistributionModel distribution)
    {
        Add(distribution.DomainName, distribution);
        foreach (var alias in distribution.Aliases)
        {
            Add(alias, distribution);
        }
    }

    public RoutingTable ToTable(ConfigSnapshot snapshot, CompiledParts parts, RoutingTable? previous) => new(
        snapshot.Version,
        new NameTable(_names, _owners, previous?.Names.Exact),
        new NameTable(_suffixes, _suffixOwners, previous?.Names.Wildcards),
        snapshot.Distributions.Length,
        parts);

    private void Add(string name, DistributionModel distribution)
    {
        // A wildcard is kept by its suffix with the leading dot, so that example.com itself never matches *.example.com (DP-2.2).
        var isWildcard = name.StartsWith("*.", StringComparison.Ordinal);
        (isWildcard ? _suffixes : _names).Add(isWildcard ? name[1..] : name);
        (isWildcard ? _suffixOwners : _owners).Add(distribution);
    }
}
