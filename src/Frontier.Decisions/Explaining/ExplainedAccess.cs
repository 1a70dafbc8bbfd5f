// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Explaining;

/// <summary>Whether the request may go on (§2, §4).</summary>
/// <param name="Verdict">A stable word, such as <c>Allowed</c> or <c>HttpsOnly</c>.</param>
/// <param name="Status">The status of the refusal or redirect; null when allowed.</param>
/// <param name="Location">Where a redirect leads.</param>
public sealed record ExplainedAccess(bool Allowed, string Verdict, string Why, string Rule, int? Status = null, string? Location = null);
