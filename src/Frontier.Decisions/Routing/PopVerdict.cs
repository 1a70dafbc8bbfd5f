// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Routing;

/// <summary>Why a point of presence serves a client, or does not. In the order in which they are looked at.</summary>
public enum PopVerdict
{
    /// <summary>Its edges are answered.</summary>
    Chosen,

    /// <summary>Another one is nearer.</summary>
    Farther,

    /// <summary>It is nearer, and has so much to do that this client belongs to the share that goes elsewhere.</summary>
    Shed,

    /// <summary>The distribution's price class leaves it out (DP-26.6).</summary>
    OutsidePriceClass,

    /// <summary>It, or every edge of it, is drained.</summary>
    Drained,

    /// <summary>None of its edges answers.</summary>
    Unhealthy,

    /// <summary>None of its edges has an address of the family asked for.</summary>
    NoAddress,
}
