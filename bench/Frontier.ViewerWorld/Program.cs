// SPDX-License-Identifier: Apache-2.0

// Shows how well viewers over the world are routed: the latency to the edge that DNS gives them, beside the best and a random one.
// Usage: Frontier.ViewerWorld [DIRECTORY]   writes routing-<date>.md and .svg there, and the table to standard output.

using System.Globalization;
using System.Text;
using Frontier.Decisions.Routing;
using Frontier.ViewerWorld;

const int Count = 100_000;
const int Seed = 1;

var map = FleetMap.Of(Places.Fleet());
var pops = map.Pops.ToDictionary(static pop => pop.Config.Name);
var viewers = new Viewers(Seed).Draw(Count).ToList();
var random = new Random(Seed);

// Of every second network a round trip to each of the ten nearest places is known, off by up to a tenth.
var measured = LatencyTable.Parse(viewers.Take(Count / 10).Where(static (_, number) => number % 2 == 0).SelectMany(Measure), [])!;

(string Name, double[] Sorted)[] ways =
[
    ("the best there is", Sort(static viewer => viewer, (viewer, _) => map.Pops.Min(viewer.RoundTripTo))),
    ("half of the networks measured", Sort(viewer => Ask(viewer, exactly: true, measured), RoundTrip, Count / 10)),
    ("by city", Sort(viewer => Ask(viewer, exactly: true, LatencyTable.Empty), RoundTrip)),
    ("by country", Sort(viewer => Ask(viewer, exactly: false, LatencyTable.Empty), RoundTrip)),
    ("at random", Sort(static viewer => viewer, (viewer, _) => viewer.RoundTripTo(map.Pops[random.Next(map.Pops.Length)]))),
];

var page = new StringBuilder();
Line($"# Routing: {Count:N0} viewers over the world, {map.Pops.Length} points of presence");
Line($"");
Line($"Command: `dotnet run -c Release --project bench/Frontier.ViewerWorld -- bench/results` (seed {Seed}; nothing is timed, so it comes out the same everywhere)");
Line($"");
Line($"| chosen | mean, ms | median, ms | p95, ms | p99, ms | mean beside the best |");
Line($"|---|---:|---:|---:|---:|---:|");
foreach (var (name, sorted) in ways)
{
    Line($"| {name} | {sorted.Average():0.0} | {At(sorted, 0.5):0.0} | {At(sorted, 0.95):0.0} | {At(sorted, 0.99):0.0} | {sorted.Average() / ways[0].Sorted.Average():0.00} |");
}

Console.Write(page);
if (args is [var directory])
{
    var name = Path.Combine(directory, $"routing-{TimeProvider.System.GetUtcNow():yyyy-MM-dd}");
    page.Append(CultureInfo.InvariantCulture, $"\nViewers are spread as people are, around the centres of their countries. A round trip is the estimate by distance, times a factor of country\nand place from 0.85 to 2 that the router does not know, plus a last mile of 2 to 20 ms. ![Shares of viewers within a latency]({Path.GetFileName(name)}.svg)\n");
    File.WriteAllText(name + ".md", page.ToString());
    File.WriteAllText(name + ".svg", Plot.Draw(ways));
}

double[] Sort<T>(Func<Viewer, T> choose, Func<Viewer, T, double> latency, int count = Count) => [.. viewers.Take(count).Select(viewer => latency(viewer, choose(viewer))).Order()];

MappedPop Ask(Viewer viewer, bool exactly, LatencyTable table) =>
    pops[EdgeRouting.Choose(map, AllAnswer.Instance, table, new RoutingQuestion { Client = viewer.Address, Place = viewer.Place(exactly) }).Edges[0].Pop];

static double RoundTrip(Viewer viewer, MappedPop pop) => viewer.RoundTripTo(pop);

static double At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];

IEnumerable<string> Measure(Viewer viewer) => map.Pops.OrderBy(viewer.RoundTripTo).Take(10)
    .Select(pop => string.Create(CultureInfo.InvariantCulture, $"{ClientNetwork.Of(viewer.Address)},{pop.Config.Name},{viewer.RoundTripTo(pop) * (0.9 + (0.2 * random.NextDouble())):0.0}"));

void Line(FormattableString text) => page.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
