// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

public enum FlightRole
{
    /// <summary>Fetch, and say what came of it.</summary>
    Lead,

    /// <summary>Another fetches; wait for its outcome.</summary>
    Follow,

    /// <summary>The key is remembered as uncacheable: fetch for yourself and tell nobody.</summary>
    Alone,
}
