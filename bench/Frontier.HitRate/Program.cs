// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.HitRate.Policies;
using Frontier.HitRate.Traces;

// Replays seeded traces against the cache and against published policies, and prints the hit ratios as a table.
// An argument keeps the traces whose name contains it.
var fixedCharge = await Ours.FixedChargeAsync();
string[] names = ["LRU", "FIFO", "SIEVE", "S3-FIFO", "Frontier"];
Console.WriteLine($"| trace | requests | objects | slots | {string.Join(" | ", names)} |");
Console.WriteLine($"|---|---:|---:|---:|{string.Concat(names.Select(static _ => "---:|"))}");
foreach (var make in SyntheticTraces.All)
{
    var trace = make();
    if (args is [var part, ..] && !trace.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
    {
        continue;
    }

    var objects = trace.Keys.Distinct().ToArray();
    var capacity = (long)(trace.Slots * objects.Average(key => (double)Ours.ChargeOf(fixedCharge, trace.SizeOf(key))));
    await using var ours = await Ours.OpenAsync(capacity);
    IPolicy[] policies = [new Lru(capacity), new Fifo(capacity), new Sieve(capacity), new S3Fifo(capacity), ours];
    var results = policies.Select(policy => Replay(trace, policy)).ToArray();
    var hasSizes = objects.Any(key => trace.SizeOf(key) > 0);
    Console.WriteLine(Row(trace, hasSizes ? trace.Name + ", objects" : trace.Name, objects.Length, results.Select(static result => result.Objects)));
    if (hasSizes)
    {
        Console.WriteLine(Row(trace, trace.Name + ", bytes", objects.Length, results.Select(static result => result.Bytes)));
    }
}

static string Row(Trace trace, string name, int objects, IEnumerable<double> ratios) => string.Create(
    CultureInfo.InvariantCulture,
    $"| {name} | {trace.Keys.Length} | {objects} | {trace.Slots} | {string.Join(" | ", ratios.Select(ratio => (100 * ratio).ToString("F2", CultureInfo.InvariantCulture)))} |");

(double Objects, double Bytes) Replay(Trace trace, IPolicy policy)
{
    long hits = 0, hitBytes = 0, bytes = 0;
    foreach (var key in trace.Keys)
    {
        var size = trace.SizeOf(key);
        var isHit = policy.Request(key, Ours.ChargeOf(fixedCharge, size));
        hits += isHit ? 1 : 0;
        hitBytes += isHit ? size : 0;
        bytes += size;
    }

    return ((double)hits / trace.Keys.Length, (double)hitBytes / Math.Max(1, bytes));
}
