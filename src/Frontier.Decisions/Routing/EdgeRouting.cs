// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Frontier.Contracts.Fleet;

namespace Frontier.Decisions.Routing;

/// <summary>
/// Which healthy edges serve a client, in what order and why (DP-2, DP-26.6, NB-5.7). Pure: whoever asks with the same directory,
/// health and table gets the same answer, so that a client stays where it is and every DNS node says the same.
/// </summary>
public static class EdgeRouting
{
    /// <summary>As many addresses as a viewer is given: enough to go on when one does not answer.</summary>
    public const int MostEdges = 4;

    public static EdgeChoice Choose(FleetMap map, IEdgeHealth health, LatencyTable measured, RoutingQuestion question)
    {
        var client = ClientNetwork.Of(question.Client);
        var key = Lot.SeedOf(client.ToString());
        var where = WhereIs(question);
        List<Candidate> pops = [.. map.Pops.Select(pop => Consider(pop, health, measured, question, where))];

        // With nobody left, what is least sure goes first: old news of health, then the price class, then the operator's wish.
        var relaxed = (string?)null;
        if (!pops.Any(static pop => pop.Verdict == PopVerdict.Farther) && Relax(pops, PopVerdict.Unhealthy))
        {
            relaxed = "No edge is known to answer; that may be wrong, so all count as healthy.";
        }
        else if (!pops.Any(static pop => pop.Verdict == PopVerdict.Farther) && Relax(pops, PopVerdict.OutsidePriceClass))
        {
            relaxed = "The price class has no edge; any may answer (DP-26.6).";
        }
        else if (!pops.Any(static pop => pop.Verdict == PopVerdict.Farther) && Relax(pops, PopVerdict.Drained))
        {
            relaxed = "All edges are drained; drained ones serve better than none.";
        }

        var able = pops.Where(static pop => pop.Verdict == PopVerdict.Farther).OrderBy(static pop => pop.Milliseconds).ThenByDescending(pop => Lot.Draw(pop.Pop.Seed, key)).ToList();
        var chosen = able.Find(pop => !IsShed(pop, key)) ?? able.FirstOrDefault(); // where all are full, the nearest
        foreach (var passed in able.TakeWhile(pop => pop != chosen))
        {
            passed.Verdict = PopVerdict.Shed;
        }

        if (chosen is not null)
        {
            chosen.Verdict = PopVerdict.Chosen;
        }

        return new EdgeChoice
        {
            Edges = chosen is null ? [] : EdgesOf(chosen, question, key),
            Pops = [.. pops.OrderBy(static pop => pop.Verdict is PopVerdict.Chosen ? 0 : pop.Verdict is PopVerdict.Farther or PopVerdict.Shed ? 1 : 2).ThenBy(static pop => pop.Milliseconds).Select(static pop => pop.Tell())],
            Relaxed = relaxed,
        };
    }

    /// <summary>A client nobody can place is served as one in the middle of its country; one of no country by whom it draws, so that those all are spread.</summary>
    private static Coordinates? WhereIs(RoutingQuestion question) => question.Place switch
    {
        { Latitude: { } latitude, Longitude: { } longitude } => new Coordinates(latitude, longitude),
        { Country: { } country } => CountryCentres.Find(country),
        _ => null,
    };

    private static Candidate Consider(MappedPop pop, IEdgeHealth health, LatencyTable measured, RoutingQuestion question, Coordinates? where)
    {
        var reachable = pop.Edges.Where(edge => edge.Addresses.Any(address => address.AddressFamily == question.Family)).ToImmutableArray();
        var meant = pop.Config.IsDrained ? [] : reachable.Where(static edge => edge.Config.State != NodeState.Draining).ToImmutableArray();
        var healthy = meant.Where(edge => IsHealthy(edge, health)).ToImmutableArray();
        var verdict = reachable.IsEmpty ? PopVerdict.NoAddress
            : meant.IsEmpty ? PopVerdict.Drained
            : !PriceClasses.Includes(question.PriceClass, pop.Config.Zone) ? PopVerdict.OutsidePriceClass
            : healthy.IsEmpty ? PopVerdict.Unhealthy
            : PopVerdict.Farther;
        var kilometres = where?.DistanceTo(pop.At);
        var known = measured.Find(question.Client, pop.Config.Name);
        return new Candidate(pop, kilometres, known)
        {
            Verdict = verdict,
            // What is left when the rest is forgiven: the healthy, or those meant to serve, or whoever can be reached.
            Edges = !healthy.IsEmpty ? healthy : !meant.IsEmpty ? meant : reachable,
        };
    }

    /// <summary>The one who asks edges knows better than the control plane, which may have lost sight of one that serves well.</summary>
    private static bool IsHealthy(MappedEdge edge, IEdgeHealth health) => health.Answers(edge.Config.Id) ?? (edge.Config.State == NodeState.InService);

    private static bool Relax(List<Candidate> pops, PopVerdict forgiven)
    {
        var found = pops.FindAll(pop => pop.Verdict == forgiven);
        found.ForEach(static pop => pop.Verdict = PopVerdict.Farther);
        return found.Count > 0;
    }

    /// <summary>Drawn of the client and the place: the same clients go as long as the share stays, and more as it grows.</summary>
    private static bool IsShed(Candidate pop, ulong key) => Lot.Draw(pop.Pop.Seed, key) < pop.ShedShare;

    private static ImmutableArray<ChosenEdge> EdgesOf(Candidate pop, RoutingQuestion question, ulong key) =>
    [
        .. pop.Edges.OrderByDescending(edge => Lot.Score(edge.Seed, edge.Config.Facts.Weight, key)).ThenBy(static edge => edge.Config.Id, StringComparer.Ordinal).Take(MostEdges)
            .Select(edge => new ChosenEdge(edge.Config.Id, edge.Config.Pop, AddressOf(edge, question.Family))),
    ];

    private static IPAddress AddressOf(MappedEdge edge, AddressFamily family) => edge.Addresses.First(address => address.AddressFamily == family);

    private sealed class Candidate(MappedPop pop, double? kilometres, double? measured)
    {
        /// <summary>Somebody nowhere is as far from every place, and the lot decides.</summary>
        private const double Unknown = 0;

        public MappedPop Pop => pop;

        public required PopVerdict Verdict { get; set; }

        public required ImmutableArray<MappedEdge> Edges { get; init; }

        public double Milliseconds { get; } = measured ?? Latency.Estimate(kilometres ?? Unknown);

        public double ShedShare => pop.ShedShare;

        public ConsideredPop Tell() => new(pop.Config.Name, Verdict, Milliseconds, measured is not null, kilometres, pop.LoadPercent, ShedShare);
    }
}
