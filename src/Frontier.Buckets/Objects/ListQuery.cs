// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Objects;

/// <summary>What a listing asks for.</summary>
/// <param name="Delimiter">Keys that hold it behind the prefix are rolled up to it; null for none.</param>
/// <param name="After">List only what is behind this key; null from the start.</param>
/// <param name="MaxEntries">Objects and common prefixes together, 0 to 1,000.</param>
internal sealed record ListQuery(string Prefix, string? Delimiter, ObjectKey? After, int MaxEntries);
