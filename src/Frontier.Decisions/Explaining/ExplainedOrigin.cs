// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Decisions.Explaining;

/// <summary>Which origin is asked, what, and why (§9 to §13).</summary>
public sealed record ExplainedOrigin
{
    public required string Id { get; init; }

    /// <summary>The origin group; null without one.</summary>
    public string? Group { get; init; }

    /// <summary>Who answers where this one fails; null without a group.</summary>
    public string? Secondary { get; init; }

    public ImmutableArray<int>? FailoverStatuses { get; init; }

    public required string Why { get; init; }

    /// <summary>False when the cache answers alone: what follows is what would be asked.</summary>
    public required bool IsAsked { get; init; }

    /// <summary>The machines of the fleet that are asked before it, in turn until one answers (DP-26.1); empty where none is.</summary>
    public ImmutableArray<ExplainedParent> Parents { get; init => field = value.OrNone; } = [];

    /// <summary>Scheme, host and port that are connected to.</summary>
    public required string Address { get; init; }

    /// <summary>Addresses its name leads to that are not connected to, and why; empty where all may be. A name without others fails.</summary>
    public ImmutableArray<string> Refusals { get; init => field = value.OrNone; } = [];

    /// <summary>How it fared since the edge started; null when it was never asked.</summary>
    public ExplainedHealth? Health { get; init; }

    public required string Method { get; init; }

    public required string Target { get; init; }

    /// <summary><c>Fill</c> when the answer may be shared, <c>Pass</c> when it is this viewer's alone.</summary>
    public required string Purpose { get; init; }

    public required ImmutableArray<ExplainedField> Fields { get; init; }

    /// <summary>Headers, cookies and parameters of the viewer's that do not go along.</summary>
    public required ImmutableArray<ExplainedOmission> LeftOut { get; init; }
}

/// <summary>A cache on the way to the origin.</summary>
/// <param name="Tier">As what it is asked: <c>owner</c>, <c>regional</c> or <c>shield</c>.</param>
/// <param name="IsDown">Whether it is passed over at the moment, because it did not answer lately.</param>
public sealed record ExplainedParent(string Tier, string Node, string Address, string Why, bool IsDown);

/// <summary>A header field and where it comes from.</summary>
/// <param name="Source">A member of <c>FieldSource</c>, or <c>Validator</c> or <c>Signature</c>.</param>
public sealed record ExplainedField(string Name, string Value, string Source, string Why);
