// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>What a handler is to hear about its exchange.</summary>
[Flags]
internal enum Signals
{
    None = 0,

    /// <summary>What it wrote has been taken.</summary>
    Written = 1,

    /// <summary>There is more of the body, or its end.</summary>
    Readable = 2,

    /// <summary>The viewer has gone, or the stream was reset.</summary>
    Gone = 4,
}
