// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Protocols.Http;
using Frontier.Protocols.Names;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Decisions.Models;

/// <summary>A cache behavior with everything it names resolved.</summary>
public sealed class BehaviorModel(
    BehaviorConfig config, OriginModel origin, OriginFailoverModel? failover, CachePolicyModel cachePolicy, OriginRequestPolicyModel originRequestPolicy,
    ResponseHeadersPolicyModel? responseHeadersPolicy, SignersModel? signers = null, bool hidesSigningCookies = false, FieldEncryptionModel? fieldEncryption = null)
{
    public PathPattern Pattern { get; } = new(config.PathPattern);

    public ViewerProtocol ViewerProtocol { get; } = config.ViewerProtocol;

    public MethodSet AllowedMethods { get; } = MethodSet.From(config.AllowedMethods);

    public MethodSet CachedMethods { get; } = MethodSet.From(config.CachedMethods);

    /// <summary>The origin, or the primary one of the origin group.</summary>
    public OriginModel Origin { get; } = origin;

    /// <summary>Who answers where <see cref="Origin"/> fails (§12); null without an origin group.</summary>
    public OriginFailoverModel? Failover { get; } = failover;

    public CachePolicyModel CachePolicy { get; } = cachePolicy;

    public OriginRequestPolicyModel OriginRequestPolicy { get; } = originRequestPolicy;

    /// <summary>How long an origin's first byte can take at most: every attempt of every origin that may be asked (§11), and a little more.</summary>
    public TimeSpan LongestFetch { get; } = Patience(origin) + (failover is null ? TimeSpan.Zero : Patience(failover.Secondary)) + TimeSpan.FromSeconds(5);

    /// <summary>What is removed from and added to every answer (§21.3); null for nothing.</summary>
    public ResponseHeadersPolicyModel? ResponseHeadersPolicy { get; } = responseHeadersPolicy;

    public bool Compress { get; } = config.Compress;

    /// <summary>Whether gRPC requests are carried (DP-30.2).</summary>
    public bool Grpc { get; } = config.Grpc;

    /// <summary>Who may sign for it (§24); null where everybody is served.</summary>
    public SignersModel? Signers { get; } = signers;

    /// <summary>Which fields of forms are encrypted on their way to the origin (§25); null for none.</summary>
    public FieldEncryptionModel? FieldEncryption { get; } = fieldEncryption;

    /// <summary>Whether the distribution's viewers may have cookies that sign: those go into no key and to no origin.</summary>
    public bool HidesSigningCookies { get; } = hidesSigningCookies;

    /// <summary>Which cookies are in the key. Those that sign for the distribution never are, whatever the policy says: each viewer has its own.</summary>
    public TakesName TakesCookieInKey { get; } = hidesSigningCookies ? name => cachePolicy.Cookies.Takes(name) && !SigningNames.IsCookie(name) : cachePolicy.Cookies.Taking;

    /// <summary>Which policy sends the origin a cookie of that name. Whoever has those that sign has what they open, so no origin is told them (DP-24.14).</summary>
    public FieldSource SourceOfCookie(ReadOnlySpan<byte> name) =>
        HidesSigningCookies && SigningNames.IsCookie(name) ? FieldSource.None
        : CachePolicy.Cookies.TakesAll ? FieldSource.CachePolicy
        : OriginRequestPolicy.Cookies.TakesAll ? FieldSource.OriginRequestPolicy
        : Union.Source(CachePolicy.Cookies, OriginRequestPolicy.Cookies, name);

    /// <summary>Whether the origin sees any cookie; if not, its Set-Cookie is dropped (DP-14.9).</summary>
    public bool ForwardsCookies { get; } = !cachePolicy.Cookies.TakesNothing || !originRequestPolicy.Cookies.TakesNothing;

    /// <summary>Which policies' cookies the origin is sent.</summary>
    public FieldSource CookieSource => (CachePolicy.Cookies.TakesNothing, OriginRequestPolicy.Cookies.TakesNothing) switch
    {
        (true, true) => FieldSource.None,
        (false, true) => FieldSource.CachePolicy,
        (true, false) => FieldSource.OriginRequestPolicy,
        (false, false) => FieldSource.BothPolicies,
    };

    /// <summary>Why a request of that method is answered past the cache; <see cref="NotStored.None"/> when it goes through it (step 12 of §1).</summary>
    public NotStored Bypasses(RequestMethod method) =>
        CachePolicy.CachingDisabled ? NotStored.CachingDisabled : CachedMethods.Contains(method) ? NotStored.None : NotStored.Method;

    /// <summary>
    /// Whether a hit looks the same to everybody whose key is the same, and the key is made of the request alone: then its head
    /// can be prepared once. Server-Timing is drawn by lot, and a policy may take the age away.
    /// </summary>
    public bool IsStraight { get; } = !cachePolicy.CachingDisabled && !cachePolicy.Headers.Names.Any(static name => ViewerHeaders.IsOurs(name))
        && responseHeadersPolicy is not { VariesByAnswer: true };

    /// <summary>Whether headers travel by legacy ForwardedValues (§10.2).</summary>
    public bool IsLegacy => OriginRequestPolicy.Headers is OriginRequestHeaders.LegacyDefault;

    /// <summary>Whether an origin of the behavior is a bucket.</summary>
    public bool HasS3Origin { get; } = origin.IsS3 || failover is { Secondary.IsS3: true };

    /// <summary>Whether the policies send the origin a viewer's header of that name (§9). The method matters to legacy settings only.</summary>
    public bool ForwardsHeader(ReadOnlySpan<byte> name, RequestMethod method = RequestMethod.Get) => HeaderSource(name, method) is not FieldSource.None;

    /// <summary>Which policy sends the origin a viewer's header of that name.</summary>
    public FieldSource HeaderSource(ReadOnlySpan<byte> name, RequestMethod method = RequestMethod.Get) =>
        CachePolicy.Headers.Takes(name) ? FieldSource.CachePolicy : TakesBeyondKey(name, method) ? FieldSource.OriginRequestPolicy : FieldSource.None;

    /// <summary>The <c>CloudFront-*</c> headers that the policies ask for by name, among whatever else they list.</summary>
    public ImmutableArray<byte[]> RequestedHeaders { get; } = originRequestPolicy.Headers is OriginRequestHeaders.Whitelist or OriginRequestHeaders.AllViewerAndWhitelistCloudFront
        ? cachePolicy.Headers.Names.AddRange(originRequestPolicy.HeaderNames.Names)
        : cachePolicy.Headers.Names;

    private static TimeSpan Patience(OriginModel origin) =>
        TimeSpan.FromSeconds(origin.Config.ConnectionAttempts * (origin.Config.ConnectionTimeoutSeconds + origin.Config.ReadTimeoutSeconds));

    private bool TakesBeyondKey(ReadOnlySpan<byte> name, RequestMethod method) => OriginRequestPolicy.Headers switch
    {
        OriginRequestHeaders.None => false, // DP-9.1
        OriginRequestHeaders.LegacyDefault => LegacyForwarding.Forwards(name, method, CachedMethods.Contains(RequestMethod.Options)),
        OriginRequestHeaders.Whitelist => OriginRequestPolicy.HeaderNames.Lists(name) && !Ascii.EqualsIgnoreCase(name, "authorization"u8), // DP-10.2
        OriginRequestHeaders.AllViewer or OriginRequestHeaders.AllViewerAndWhitelistCloudFront => true, // DP-9.3
        OriginRequestHeaders.AllExcept => !OriginRequestPolicy.HeaderNames.Lists(name),
    };
}
