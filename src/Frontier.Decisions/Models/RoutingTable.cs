// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Decisions.Models;

/// <summary>All distributions of one snapshot, by the names viewers call them. Immutable; look-ups allocate nothing.</summary>
public sealed class RoutingTable
{
    private readonly NameTable _byName;
    private readonly NameTable _byWildcardSuffix;

    internal RoutingTable(long version, NameTable byName, NameTable byWildcardSuffix, int distributions, CompiledParts parts)
    {
        Parts = parts;
        Version = version;
        Distributions = distributions;
        AsksForFingerprints = byName.Owners.Any(static distribution => distribution.AsksForFingerprints); // each has a name of its own
        (_byName, _byWildcardSuffix) = (byName, byWildcardSuffix);
    }

    public static RoutingTable Empty { get; } = new(0, new NameTable([], [], null), new NameTable([], [], null), 0, new CompiledParts(null));

    /// <summary>The version of the snapshot this was compiled from.</summary>
    public long Version { get; }

    public int Distributions { get; }

    /// <summary>What this was put together from, for the table that follows.</summary>
    internal CompiledParts Parts { get; }

    /// <summary>Of all names, for the table that follows: exact ones, and wildcards by their suffixes.</summary>
    internal (NameTable Exact, NameTable Wildcards) Names => (_byName, _byWildcardSuffix);

    /// <summary>Whether any behavior sends an origin the fingerprint of a viewer's TLS (§10.3); if not, nobody need compute it.</summary>
    public bool AsksForFingerprints { get; }

    /// <summary>
    /// The distribution of a name already normalised by <see cref="Matching.HostName"/>: its own domain name or an exact alias,
    /// else the wildcard alias with the longest suffix (DP-2.1 to DP-2.3).
    /// </summary>
    public bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out DistributionModel? distribution) => TryFind(name, out distribution, out _);

    /// <param name="suffixAt">Where in the name the wildcard's suffix, with its dot, begins; 0 for an exact match.</param>
    public bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out DistributionModel? distribution, out int suffixAt)
    {
        suffixAt = 0;
        if (_byName.TryFind(name, out distribution))
        {
            return true;
        }

        for (var dot = name.IndexOf('.'); dot > 0; dot = NextDot(name, dot))
        {
            if (_byWildcardSuffix.TryFind(name[dot..], out distribution))
            {
                suffixAt = dot;
                return true;
            }
        }

        return false;
    }

    private static int NextDot(ReadOnlySpan<char> name, int dot) =>
        name[(dot + 1)..].IndexOf('.') is >= 0 and var next ? dot + 1 + next : -1;
}
