// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Frontier.Control.Store;

namespace Frontier.Control.Rollout;

/// <summary>
/// What becomes of a rollout next, as a pure function of what is known. Several control processes decide at once: each halts for
/// the edges that it hears, any of them advances by what all edges acknowledged, and of two decisions the store takes the first.
/// </summary>
internal static class RolloutDecision
{
    /// <summary>With fewer, a canary and its point of presence would be nearly everybody.</summary>
    public const int FewestEdges = 3;

    /// <param name="newest">The newest version of the configuration.</param>
    /// <param name="edges">All edges in service, whichever process hears them.</param>
    /// <param name="draining">Those among them whose viewers are sent elsewhere.</param>
    /// <param name="observed">What this process knows of edges of the wave.</param>
    /// <returns>The same object where nothing changes.</returns>
    public static RolloutState Next(
        RolloutState state, long newest, ImmutableArray<EdgeRow> edges, FrozenSet<string> draining, ImmutableArray<EdgeObservation> observed, DateTimeOffset now, RolloutOptions options)
    {
        if (state.Halted is not null)
        {
            return state;
        }

        if (state.Wave is RolloutWave.All)
        {
            return newest > state.Good ? Begin(state, newest, edges, draining, now) : state;
        }

        var versions = edges.ToDictionary(static edge => edge.EdgeId, static edge => edge.SnapshotVersion, StringComparer.Ordinal);
        if (FindFault(state, versions, observed, now, options) is { } fault)
        {
            return state with { Halted = fault };
        }

        var areServing = state.Edges.All(id => versions[id] == state.Target);
        return !areServing ? state.ServedSince is null ? state : state with { ServedSince = null }
            : state.ServedSince is not { } since ? state with { ServedSince = now }
            : now - since < options.WaveTime ? state
            : Advance(state, edges, now);
    }

    /// <summary>The first wave; or all of them, where there are too few edges for waves.</summary>
    /// <param name="draining">Those among them whose viewers are sent elsewhere: without viewers they prove little.</param>
    public static RolloutState Begin(RolloutState state, long target, ImmutableArray<EdgeRow> edges, FrozenSet<string> draining, DateTimeOffset now)
    {
        if (edges.Length < FewestEdges)
        {
            return RolloutState.Everywhere(target, state.Good, now);
        }

        // The same one each time: who runs it knows what it is in for, and its figures compare with its own.
        var canary = edges.OrderBy(edge => draining.Contains(edge.EdgeId)).ThenBy(static edge => edge.EdgeId, StringComparer.Ordinal).First();
        return state with
        {
            Target = target,
            Wave = RolloutWave.Canary,
            Canary = canary.EdgeId,
            Pop = canary.Pop,
            Edges = [canary.EdgeId],
            WaveSince = now,
            ServedSince = null,
            Halted = null,
        };
    }

    private static RolloutState Advance(RolloutState state, ImmutableArray<EdgeRow> edges, DateTimeOffset now)
    {
        ImmutableArray<string> pop = [.. edges.Where(edge => edge.Pop == state.Pop).Select(static edge => edge.EdgeId).Order(StringComparer.Ordinal)];
        return state.Wave is RolloutWave.Canary && pop.Length > 1 && pop.Length < edges.Length
            ? state with { Wave = RolloutWave.Pop, Edges = pop, WaveSince = now, ServedSince = null }
            : RolloutState.Everywhere(state.Target, state.Good, now); // a point of presence of one has been through it, and one of all is all
    }

    private static string? FindFault(RolloutState state, Dictionary<string, long> versions, ImmutableArray<EdgeObservation> observed, DateTimeOffset now, RolloutOptions options)
    {
        foreach (var edge in observed)
        {
            if (edge.Refused is { } refused && refused.Version == state.Target)
            {
                return $"{edge.EdgeId} refused it: {string.Join(" ", refused.Faults)}";
            }

            if (versions.GetValueOrDefault(edge.EdgeId) == state.Target && FindDecline(edge, options) is { } decline)
            {
                return decline;
            }
        }

        if (state.Edges.FirstOrDefault(id => !versions.ContainsKey(id)) is { } silent)
        {
            return $"{silent} has not been heard of since it was given it.";
        }

        return now - state.WaveSince > options.LoadTime && state.Edges.FirstOrDefault(id => versions[id] != state.Target) is { } slow
            ? string.Create(CultureInfo.InvariantCulture, $"{slow} did not take it within {options.LoadTime.TotalSeconds:0} seconds, or serves it no more.")
            : null;
    }

    /// <summary>Origins' errors are not among those reported, and too few requests prove nothing.</summary>
    private static string? FindDecline(EdgeObservation edge, RolloutOptions options)
    {
        var (before, now) = (edge.Before, edge.Now);
        if (now.Requests < options.FewestRequests)
        {
            return null;
        }

        if (now.ErrorRate > before.ErrorRate + options.MostMoreErrors)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{edge.EdgeId} answers {now.ErrorRate:P1} of its requests with errors of its own, {before.ErrorRate:P1} before.");
        }

        var bound = Math.Max(before.HitP99Microseconds * options.MostTimesSlower, before.HitP99Microseconds + options.LeastSlowdown.TotalMicroseconds);
        return before.Requests >= options.FewestRequests && before.HitP99Microseconds > 0 && now.HitP99Microseconds > bound
            ? string.Create(CultureInfo.InvariantCulture, $"the slowest hundredth of its hits takes {edge.EdgeId} {now.HitP99Microseconds / 1000:0.0} ms, {before.HitP99Microseconds / 1000:0.0} ms before.")
            : null;
    }
}
