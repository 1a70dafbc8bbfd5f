// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Decisions.Explaining;

/// <summary>The cache key and where each part of it comes from (§6).</summary>
/// <param name="Text">The very key; bytes outside of printable ASCII as <c>%XX</c>.</param>
/// <param name="LeftOut">What the request carries and the key does not.</param>
public sealed record ExplainedKey(string Text, ImmutableArray<ExplainedKeyPart> Parts, ImmutableArray<ExplainedOmission> LeftOut);

/// <summary>One part of a key.</summary>
/// <param name="Part">What kind of part it is: a member of <c>KeyPart</c>.</param>
/// <param name="Text">As it stands in the key; empty where the part is.</param>
public sealed record ExplainedKeyPart(string Part, string Name, string Text, string Why);

/// <summary>Something of the request's that goes no further, and why.</summary>
public sealed record ExplainedOmission(string Kind, string Name, string Why);
