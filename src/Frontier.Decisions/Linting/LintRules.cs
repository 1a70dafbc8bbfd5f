// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Decisions.Linting.Rules;

namespace Frontier.Decisions.Linting;

/// <summary>Every rule, in the order of the page that documents them (<c>docs/lint.md</c>).</summary>
public static class LintRules
{
    public static ImmutableArray<LintRule> All { get; } =
    [
        // Behaviors and their order.
        ShadowedBehavior.Rule,
        PatternWithoutPaths.Rule,

        // What is in the key.
        AllCookiesInKey.Rule,
        TrackingCookiesInKey.Rule,
        ManyCookiesInKey.Rule,
        ViewerHeadersInKey.Rule,
        AuthorizationInKey.Rule,
        EncodingHeaderInKey.Rule,
        CompressionWithoutEncodings.Rule,
        TrackingParametersInKey.Rule,
        LegacyAllHeaders.Rule,

        // What is sent and not in the key.
        AuthorizationBeyondKey.Rule,
        CookiesBeyondKey.Rule,
        QueryBeyondKey.Rule,
        HostBeyondKey.Rule,
        CorsBeyondKey.Rule,
        PreflightNotCached.Rule,
        PreflightRefused.Rule,

        // Times.
        MinTtlOverOrigin.Rule,
        WritesBehindCache.Rule,

        // Protocols.
        CookiesInPlain.Rule,
        PlainOrigin.Rule,
        OriginFollowsViewer.Rule,
        OldOriginTls.Rule,

        // Errors.
        LongErrorTtl.Rule,
        ErrorAsSuccess.Rule,
        ErrorPageOnFailingOrigin.Rule,
        ErrorPageNotCached.Rule,

        // Origins.
        BucketWithoutAccessControl.Rule,
        NoRootObject.Rule,
        FailoverToItself.Rule,
    ];
}
