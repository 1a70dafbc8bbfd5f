// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Dns;

/// <summary>Why a record set was chosen among those of its name and type.</summary>
public enum ChoiceReason
{
    /// <summary>There is but one.</summary>
    Only,
    Weight,
    Latency,

    /// <summary>Its subdivision is the client's.</summary>
    Subdivision,
    Country,
    Continent,

    /// <summary>The default location.</summary>
    Anywhere,
    Primary,
    Secondary,
    MultiValue,

    /// <summary>No set is for the place of this client: there is nothing to answer.</summary>
    NoLocation,
}
