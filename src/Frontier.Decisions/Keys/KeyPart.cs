// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Keys;

/// <summary>What a part of a cache key comes from (§6).</summary>
public enum KeyPart
{
    /// <summary>The distribution's id, whatever alias was asked for (DP-6.1).</summary>
    Distribution,

    /// <summary>The path as requested, after the default root object (DP-6.1).</summary>
    Path,

    /// <summary>What the cache policy takes of the query (DP-6.3).</summary>
    Query,

    /// <summary>OPTIONS, which shares nothing with GET (DP-4.7).</summary>
    Method,

    /// <summary>The viewer's Accept-Encoding, normalised (§7).</summary>
    Encoding,

    /// <summary>A header of the viewer's that the cache policy names (DP-6.5).</summary>
    Header,

    /// <summary>A <c>CloudFront-*</c> header that the edge computes (DP-6.7).</summary>
    Computed,

    /// <summary>A cookie that the cache policy takes (DP-6.6).</summary>
    Cookie,
}
