// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Forwarding;

/// <summary>Why a field, a cookie or a parameter is in a request to an origin (§9, §10); <see cref="None"/> when it is not.</summary>
public enum FieldSource
{
    None,

    /// <summary>In the cache key, so it is sent (DP-6.2).</summary>
    CachePolicy,

    /// <summary>Sent beyond the key.</summary>
    OriginRequestPolicy,

    /// <summary>Cookies of which the two policies take some each.</summary>
    BothPolicies,

    /// <summary>The viewer's own condition or range, on an answer that is this viewer's alone.</summary>
    Condition,

    /// <summary>Belongs to a WebSocket's handshake (DP-30.1).</summary>
    Handshake,

    /// <summary>Describes the viewer's body and goes where it goes (§10.1).</summary>
    Body,

    /// <summary>Written by the edge itself (§10.1).</summary>
    Edge,

    /// <summary>Configured with the origin, over a viewer's of the same name (§10.1).</summary>
    Origin,
}
