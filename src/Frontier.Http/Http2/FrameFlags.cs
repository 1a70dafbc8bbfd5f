// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>What the flags of a frame say; which of them a type knows is in RFC 9113, section 6. Unknown ones are not looked at.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>Of DATA and HEADERS.</summary>
    EndStream = 0x01,

    /// <summary>Of SETTINGS and PING.</summary>
    Acknowledged = EndStream,

    /// <summary>Of HEADERS and CONTINUATION.</summary>
    EndHeaders = 0x04,

    /// <summary>Of DATA and HEADERS.</summary>
    Padded = 0x08,

    /// <summary>Of HEADERS.</summary>
    Priority = 0x20,
}
