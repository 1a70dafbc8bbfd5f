// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Frontier.Control.OwnApi.Rollouts;

/// <summary>Where the rollout of the configuration stands.</summary>
/// <param name="Mode"><c>AtOnce</c> or <c>Waves</c>.</param>
/// <param name="Status"><c>Complete</c>: every edge gets the newest version. <c>Rolling</c>: some get it. <c>Halted</c>: nobody gets a newer one than <paramref name="GoodVersion"/>.</param>
/// <param name="NewestVersion">Of the configuration that the API shows.</param>
/// <param name="GoodVersion">What every edge may have.</param>
/// <param name="Version">What is being rolled out, or was halted; null when complete.</param>
/// <param name="Wave"><c>Canary</c> or <c>Pop</c>; null when complete.</param>
/// <param name="Edges">Those of the wave; null when complete.</param>
/// <param name="WaveSince">When the wave began; null when complete.</param>
/// <param name="ServedSince">Since when all edges of the wave serve the version; null while not all do.</param>
/// <param name="Reason">Why it was halted; null when it was not.</param>
public sealed record RolloutDocument(
    string Mode, string Status, long NewestVersion, long GoodVersion, long? Version = null, string? Wave = null, ImmutableArray<string>? Edges = null,
    DateTimeOffset? WaveSince = null, DateTimeOffset? ServedSince = null, string? Reason = null);

/// <summary>The request that halts.</summary>
/// <param name="Reason">For whoever looks at it; at most 256 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HaltDocument(string? Reason = null);
