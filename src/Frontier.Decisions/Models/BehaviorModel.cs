// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Protocols.Names;

namespace Frontier.Decisions.Models;

/// <summary>A cache behavior with everything it names resolved.</summary>
public sealed class BehaviorModel(BehaviorConfig config, OriginModel origin, CachePolicyModel cachePolicy, OriginRequestPolicyModel originRequestPolicy)
{
    public PathPattern Pattern { get; } = new(config.PathPattern);

    public ViewerProtocol ViewerProtocol { get; } = config.ViewerProtocol;

    public MethodSet AllowedMethods { get; } = MethodSet.From(config.AllowedMethods);

    public MethodSet CachedMethods { get; } = MethodSet.From(config.CachedMethods);

    public OriginModel Origin { get; } = origin;

    public CachePolicyModel CachePolicy { get; } = cachePolicy;

    public OriginRequestPolicyModel OriginRequestPolicy { get; } = originRequestPolicy;

    /// <summary>Whether the origin sees any cookie; if not, its Set-Cookie is dropped (DP-14.9).</summary>
    public bool ForwardsCookies { get; } = !cachePolicy.Cookies.TakesNothing || !originRequestPolicy.Cookies.TakesNothing;
}
