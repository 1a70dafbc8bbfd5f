// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts.Fleet;

/// <summary>The part of the world that a point of presence counts to (DP-26.6): a price class is a set of these.</summary>
public enum PriceClassZone
{
    NorthAmerica,

    /// <summary>Europe and Israel.</summary>
    Europe,

    /// <summary>South Africa, Kenya and the Middle East.</summary>
    MiddleEastAfrica,

    SouthAmerica,

    Japan,

    /// <summary>Australia and New Zealand.</summary>
    Oceania,

    /// <summary>Hong Kong, Indonesia, the Philippines, Singapore, South Korea, Taiwan and Thailand.</summary>
    SouthEastAsia,

    India,
}
