// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Access;

/// <summary>Which countries a distribution is served to (§23).</summary>
public sealed class CountryRule(CountriesConfig config)
{
    private readonly FrozenSet<string> _codes = config.Codes.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A viewer of whom nobody knows where it is, is served (DP-23.1).</summary>
    public bool Allows(ViewerPlace? place) => place?.Country is not { } country || _codes.Contains(country) == config.AreAllowed;
}
