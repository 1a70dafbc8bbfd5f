// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>Which members of a kind (headers, cookies, query strings) a policy takes.</summary>
public enum Selection
{
    None,
    Whitelist,
    AllExcept,
    All,
}

/// <summary>A selection and the names it lists; the list is empty for <see cref="Selection.None"/> and <see cref="Selection.All"/>.</summary>
public sealed record SelectionConfig(Selection Selection, ImmutableArray<string> Names)
{
    /// <summary>Whether <c>*</c> and <c>?</c> in the names stand for other characters, as in legacy lists of cookies (DP-6.6).</summary>
    public bool Globs { get; init; }

    public static SelectionConfig None { get; } = new(Selection.None, []);

    public static SelectionConfig All { get; } = new(Selection.All, []);
}

/// <summary>A cache policy (§6 to §8): what is in the key, and the bounds of an object's time to live, in seconds.</summary>
public sealed record CachePolicyConfig : ISnapshotPart
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required long MinTtl { get; init; }

    public required long DefaultTtl { get; init; }

    /// <summary>0 turns caching off (DP-6.13).</summary>
    public required long MaxTtl { get; init; }

    /// <summary>Headers take <see cref="Selection.None"/> or <see cref="Selection.Whitelist"/> only.</summary>
    public SelectionConfig Headers { get; init => field = value ?? SelectionConfig.None; } = SelectionConfig.None;

    public SelectionConfig Cookies { get; init => field = value ?? SelectionConfig.None; } = SelectionConfig.None;

    public SelectionConfig QueryStrings { get; init => field = value ?? SelectionConfig.None; } = SelectionConfig.None;

    public bool AcceptEncodingGzip { get; init; }

    public bool AcceptEncodingBrotli { get; init; }

    /// <summary>Concurrent misses each ask the origin, as where legacy settings forward cookies (DP-17.2).</summary>
    public bool CollapsingDisabled { get; init; }
}

/// <summary>How an origin request policy takes headers (DP-9.3).</summary>
public enum OriginRequestHeaders
{
    None,
    Whitelist,
    AllViewer,
    AllViewerAndWhitelistCloudFront,
    AllExcept,

    /// <summary>What legacy ForwardedValues sends without being told: the default column of §10.2.</summary>
    LegacyDefault,
}

/// <summary>An origin request policy (§9): what the origin is sent beyond the cache key.</summary>
public sealed record OriginRequestPolicyConfig : ISnapshotPart
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public OriginRequestHeaders Headers { get; init; }

    public ImmutableArray<string> HeaderNames { get; init => field = value.OrNone; } = [];

    public SelectionConfig Cookies { get; init => field = value ?? SelectionConfig.None; } = SelectionConfig.None;

    public SelectionConfig QueryStrings { get; init => field = value ?? SelectionConfig.None; } = SelectionConfig.None;
}
