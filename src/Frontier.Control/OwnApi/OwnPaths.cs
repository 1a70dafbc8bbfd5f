// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.OwnApi;

/// <summary>Where Frontier's own API is found.</summary>
public static class OwnPaths
{
    /// <summary>What every path begins with. A change that would break callers gets another number.</summary>
    public const string Prefix = "/frontier/v1/";
}
