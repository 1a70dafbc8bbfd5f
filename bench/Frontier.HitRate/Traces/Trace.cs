// SPDX-License-Identifier: Apache-2.0

namespace Frontier.HitRate.Traces;

/// <summary>Requests in order, the body size of each object, and how large the cache is that they are put to.</summary>
/// <param name="Slots">The capacity in objects of mean size.</param>
/// <param name="SizeOf">Body bytes of a key; the same at each request.</param>
internal sealed record Trace(string Name, int[] Keys, int Slots, Func<int, int> SizeOf);
