// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Decisions.Planning;

/// <summary>What becomes of a logged request under one configuration.</summary>
public sealed record ReplayOutcome
{
    /// <summary>The behavior's pattern; <c>default</c> for the default one.</summary>
    public required string Behavior { get; init; }

    /// <summary>What the viewer is sent; null where that is for the origin to say, and the log does not tell.</summary>
    public int? Status { get; init; }

    /// <summary>The URL that the origin would be asked for; null when the request goes no further.</summary>
    public string? Origin { get; init; }

    /// <summary>The cache key as far as the log tells it, one character a byte, printable in examples; null when the answer is not cached.</summary>
    public string? Key { get; init; }

    /// <summary>Null when nothing is cached, or the origin's status is not known.</summary>
    public TtlBounds? Ttl { get; init; }

    /// <summary>What the key holds of headers that the log does not tell.</summary>
    public ImmutableArray<string> Untold { get; init => field = value.OrNone; } = [];
}
