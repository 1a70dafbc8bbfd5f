// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>What a message is, seen from a server.</summary>
internal enum QueryVerdict
{
    /// <summary>A query with one question.</summary>
    Good,

    /// <summary>Too short to be answered, or an answer itself: two servers would go on for ever.</summary>
    Silence,

    FormatError,

    /// <summary>NOTIFY, UPDATE and the like.</summary>
    NotImplemented,

    /// <summary>An EDNS of the future (RFC 6891 §6.1.3).</summary>
    BadVersion,
}
