// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>Why an answer is what it is (RFC 8914), for who reads answers of tools.</summary>
internal enum ExtendedError
{
    /// <summary>None; nothing is written.</summary>
    None = 0,

    /// <summary>Zones have not been heard of yet.</summary>
    NotReady = 14,

    /// <summary>Transfers are not for everybody.</summary>
    Prohibited = 18,

    /// <summary>The name is in no zone of this server.</summary>
    NotAuthoritative = 20,
}
