// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Dns;

/// <summary>What a record's data consists of, field by field.</summary>
public enum DataField
{
    IPv4Address,
    IPv6Address,
    Name,
    Byte,
    UInt16,
    UInt32,

    /// <summary>Seconds in 32 bits. Master files may also write them with units, e.g. <c>1h30m</c>.</summary>
    Duration,

    /// <summary>At most 255 bytes, with their length before them.</summary>
    CharacterString,

    /// <summary>One or more character strings, to the end.</summary>
    CharacterStrings,

    /// <summary>Letters and digits with their length before them: the tag of a CAA record (RFC 8659, section 4.1).</summary>
    Tag,

    /// <summary>One string to the end, without its length.</summary>
    Text,

    /// <summary>Hexadecimal digits to the end; white space between them means nothing.</summary>
    Hex,

    /// <summary>Base64 to the end; white space between means nothing.</summary>
    Base64,

    /// <summary>Parameters of a service, to the end (RFC 9460, section 2.1).</summary>
    ServiceParameters,
}
