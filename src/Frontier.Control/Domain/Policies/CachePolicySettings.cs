// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Control.Domain.Policies;

/// <summary>CachePolicyConfig with every default filled in. Times are seconds.</summary>
internal sealed record CachePolicySettings : PolicySettings
{
    public required long MinTtl { get; init; }

    public required long DefaultTtl { get; init; }

    public required long MaxTtl { get; init; }

    public bool Gzip { get; init; }

    public bool Brotli { get; init; }

    public SelectionConfig Headers { get; init; } = SelectionConfig.None;

    public SelectionConfig Cookies { get; init; } = SelectionConfig.None;

    public SelectionConfig QueryStrings { get; init; } = SelectionConfig.None;

    /// <summary>What an object without a time of its own gets when nobody says (§9.1): a day, or the minimum when that is longer.</summary>
    public static long UsualDefaultTtl(long minTtl) => Math.Max(86_400, minTtl);

    /// <summary>The longest when nobody says (§9.1): a year, or the default when that is longer.</summary>
    public static long UsualMaxTtl(long defaultTtl) => Math.Max(31_536_000, defaultTtl);

    public CachePolicyConfig ToConfig(string id) => new()
    {
        Id = id,
        Name = Name,
        MinTtl = MinTtl,
        DefaultTtl = DefaultTtl,
        MaxTtl = MaxTtl,
        Headers = Headers,
        Cookies = Cookies,
        QueryStrings = QueryStrings,
        AcceptEncodingGzip = Gzip,
        AcceptEncodingBrotli = Brotli,
    };
}
