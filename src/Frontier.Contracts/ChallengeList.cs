// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Contracts;

/// <summary>
/// What edges answer where a certificate authority asks whether names reach them (RFC 8555, section 8). It lives for minutes and needs no
/// history, so it is no part of a snapshot, and edges keep it in memory alone.
/// </summary>
public sealed record ChallengeList
{
    /// <summary>How many there are at most: what a list takes stays below a megabyte.</summary>
    public const int Most = 2_000;

    public static readonly ChallengeList Empty = new() { Revision = "" };

    /// <summary>A digest of the content, empty for none: whoever has the same has the same list, whichever control plane it came from.</summary>
    public required string Revision { get; init; }

    public ImmutableArray<ChallengeConfig> Challenges { get; init => field = value.OrNone; } = [];

    /// <param name="challenges">In an order that depends on them alone.</param>
    public static ChallengeList Of(ImmutableArray<ChallengeConfig> challenges) => challenges.IsEmpty ? Empty : new ChallengeList
    {
        Revision = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', challenges.Select(static challenge => $"{challenge.Kind} {challenge.Name} {challenge.KeyAuthorization}"))))),
        Challenges = challenges,
    };
}
