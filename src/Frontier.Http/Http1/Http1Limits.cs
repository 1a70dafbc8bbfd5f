// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http1;

/// <summary>Bounds of HTTP/1.1 messages, the same for viewers and origins.</summary>
public static class Http1Limits
{
    /// <summary>Start line and fields together, with every CRLF (§5).</summary>
    public const int HeadBytes = 32_768;

    /// <summary>Path, <c>?</c> and query of a request (DP-5.1).</summary>
    public const int TargetBytes = 8_192;

    /// <summary>The extensions of one chunk, with their semicolon. Nobody sends any; the bound keeps tiny chunks from carrying large waste.</summary>
    public const int ChunkExtensionBytes = 256;

    /// <summary>All trailer fields of a body: a quarter of a head.</summary>
    public const int TrailerBytes = 8_192;

    /// <summary>The largest chunk: far beyond any object (50 GB, §5), and small enough that sums cannot overflow.</summary>
    public const long ChunkBytes = 1L << 62;
}
