// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Fleet;

namespace Frontier.Decisions.Routing;

/// <summary>Which parts of the world answer for a distribution (DP-26.6).</summary>
public static class PriceClasses
{
    private static readonly ImmutableArray<PriceClassZone> Hundred = [PriceClassZone.NorthAmerica, PriceClassZone.Europe];

    private static readonly ImmutableArray<PriceClassZone> TwoHundred =
        [.. Hundred, PriceClassZone.MiddleEastAfrica, PriceClassZone.Japan, PriceClassZone.SouthEastAsia, PriceClassZone.India];

    /// <param name="priceClass">E.g. <c>PriceClass_100</c>; whatever is none of the narrower ones is the whole world.</param>
    /// <param name="zone">Of a point of presence.</param>
    public static bool Includes(string priceClass, PriceClassZone zone) => priceClass switch
    {
        "PriceClass_100" => Hundred.Contains(zone),
        "PriceClass_200" => TwoHundred.Contains(zone),
        _ => true,
    };
}
