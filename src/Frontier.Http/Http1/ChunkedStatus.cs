// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http1;

/// <summary>What <see cref="ChunkedDecoder"/> can do next.</summary>
public enum ChunkedStatus
{
    /// <summary>The input is used up, or the output is full.</summary>
    NeedMore,

    /// <summary>The last chunk and its trailers were read; input beyond the consumed bytes is another message's.</summary>
    End,

    Refused,
}
