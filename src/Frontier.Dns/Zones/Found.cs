// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Zones;

/// <summary>What a zone has at a name.</summary>
internal enum Found
{
    /// <summary>The name is there, perhaps with nothing of its own.</summary>
    Name,

    /// <summary>A wildcard stands for it (RFC 4592).</summary>
    Wildcard,

    /// <summary>It lies in or below another zone's beginning.</summary>
    Delegation,

    /// <summary>It would be right below the apex of a zone that asks for such names.</summary>
    Asked,

    Nothing,
}
