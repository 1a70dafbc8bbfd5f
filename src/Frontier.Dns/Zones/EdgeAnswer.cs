// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Zones;

/// <summary>Where a distribution is served.</summary>
/// <param name="Exists">Whether there is such a distribution; where there is none, the rest is 0.</param>
/// <param name="Length">How many bytes were written; 0 for a distribution without such records.</param>
/// <param name="TtlSeconds">How long the answer holds.</param>
/// <param name="ScopeLength">For how large a network around the client it holds, in bits; 0 for everybody (RFC 7871 §7.2.1).</param>
public readonly record struct EdgeAnswer(bool Exists, int Length, int TtlSeconds, int ScopeLength);
