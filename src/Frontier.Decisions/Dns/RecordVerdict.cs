// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Dns;

/// <summary>What is answered of the record sets of one name and type.</summary>
/// <param name="Count">How many sets were chosen; their indices are in the span that was given.</param>
/// <param name="IgnoresHealth">Whether all sets in question are unhealthy, and so count as healthy (NB-5.5).</param>
public readonly record struct RecordVerdict(int Count, ChoiceReason Reason, bool IgnoresHealth);
