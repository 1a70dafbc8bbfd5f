// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Policies;

/// <summary>A response headers policy, as far as the managed ones need it (<c>dataplane.md</c> §8.3).</summary>
internal sealed record ResponseHeadersPolicy(string Id, string Name, CorsSettings? Cors, SecurityHeaders? Security);

/// <summary>Every managed policy allows all origins and never overrides the origin's own answer.</summary>
internal sealed record CorsSettings(ImmutableArray<string> AllowMethods, ImmutableArray<string> ExposeHeaders)
{
    public static CorsSettings Simple { get; } = new(["GET", "HEAD"], []);

    public static CorsSettings WithPreflight { get; } = new(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"], ["*"]);
}

internal sealed record SecurityHeaders(string ReferrerPolicy, long StrictTransportMaxAgeSeconds, string FrameOption)
{
    /// <summary>Of these only X-Content-Type-Options overrides the origin.</summary>
    public static SecurityHeaders Managed { get; } = new("strict-origin-when-cross-origin", 31_536_000, "SAMEORIGIN");
}
