// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Signing;

/// <summary>The flags of <c>frontier sign</c> as they were given; null where one was not.</summary>
internal sealed record SignFlags
{
    public string? Url { get; init; }

    public required string KeyPairId { get; init; }

    /// <summary>A file.</summary>
    public required string PrivateKey { get; init; }

    public string? Expires { get; init; }

    public string? NotBefore { get; init; }

    public string? Ip { get; init; }

    public string? Resource { get; init; }

    /// <summary>A file.</summary>
    public string? Policy { get; init; }

    public string Hash { get; init; } = "sha1";

    public bool Cookies { get; init; }

    /// <summary>Whether a condition is asked for that no canned policy has.</summary>
    public bool AsksForCustom => NotBefore is not null || Ip is not null || Resource is not null;
}
