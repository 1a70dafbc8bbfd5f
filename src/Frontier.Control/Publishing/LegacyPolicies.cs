// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Publishing;

/// <summary>
/// The pair of policies that means the same as a behavior's ForwardedValues and times (DP-6.11, §10.2). Edges know policies
/// only; the API never shows these. Pure.
/// </summary>
/// <param name="Cache">What is in the key.</param>
/// <param name="OriginRequest">What is sent beyond it.</param>
internal sealed record LegacyPolicies(CachePolicyConfig Cache, OriginRequestPolicyConfig OriginRequest)
{
    private const string Everything = "*";

    /// <summary>Both policies of a behavior have this id; no API id has a colon.</summary>
    /// <param name="position">0 for the default behavior, then as they are tried.</param>
    public static string IdOf(string distributionId, int position) => $"legacy:{distributionId}:{position}";

    public static LegacyPolicies Compile(string id, CacheBehavior behavior, ForwardedValues values)
    {
        var cookies = CookiesOf(values);
        return values.Headers.Contains(Everything) ? ForwardEverything(id, values, cookies) : new LegacyPolicies(
            new CachePolicyConfig
            {
                Id = id,
                Name = id,
                MinTtl = TtlOf(behavior.MinTtl),
                DefaultTtl = TtlOf(behavior.DefaultTtl),
                MaxTtl = TtlOf(behavior.MaxTtl),
                Headers = HeadersOf(behavior, values),
                Cookies = cookies,
                QueryStrings = QueryStringsInKey(values),
                AcceptEncodingGzip = behavior.Compress, // DP-20.1: legacy settings compress with gzip only
                CollapsingDisabled = cookies.Selection is not Selection.None, // DP-17.2
            },
            new OriginRequestPolicyConfig
            {
                Id = id,
                Name = id,
                Headers = OriginRequestHeaders.LegacyDefault,
                QueryStrings = QueryStringsSent(values),
            });
    }

    /// <summary>DP-6.11: nothing is cached, so there is no key, and whatever is sent is sent beyond it.</summary>
    private static LegacyPolicies ForwardEverything(string id, ForwardedValues values, SelectionConfig cookies) => new(
        new CachePolicyConfig { Id = id, Name = id, MinTtl = 0, DefaultTtl = 0, MaxTtl = 0, CollapsingDisabled = true },
        new OriginRequestPolicyConfig { Id = id, Name = id, Headers = OriginRequestHeaders.AllViewer, Cookies = cookies, QueryStrings = QueryStringsSent(values) });

    /// <summary>With compression the key holds what is understood of Accept-Encoding, not what was said.</summary>
    private static SelectionConfig HeadersOf(CacheBehavior behavior, ForwardedValues values)
    {
        var names = behavior.Compress ? values.Headers.RemoveAll(static name => name.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase)) : values.Headers;
        return names.IsEmpty ? SelectionConfig.None : new SelectionConfig(Selection.Whitelist, names);
    }

    private static SelectionConfig CookiesOf(ForwardedValues values) => values.CookieForward switch
    {
        "none" => SelectionConfig.None,
        "all" => SelectionConfig.All,
        "whitelist" => new SelectionConfig(Selection.Whitelist, values.CookieNames ?? []) { Globs = true }, // DP-6.6
        _ => throw new InvalidOperationException($"'{values.CookieForward}' says not which cookies are forwarded."),
    };

    private static SelectionConfig QueryStringsInKey(ForwardedValues values) =>
        !values.QueryString ? SelectionConfig.None
        : values.QueryStringCacheKeys.IsEmpty ? SelectionConfig.All
        : new SelectionConfig(Selection.Whitelist, values.QueryStringCacheKeys);

    private static SelectionConfig QueryStringsSent(ForwardedValues values) => values.QueryString ? SelectionConfig.All : SelectionConfig.None;

    private static long TtlOf(long? seconds) => seconds ?? throw new InvalidOperationException("Legacy settings without all three times were accepted.");
}
