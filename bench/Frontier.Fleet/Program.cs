// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using Frontier.Fleet;

// Connects simulated edges to a control plane that has one real edge, changes a distribution and invalidates for a while, and prints how
// long each took to come to all of them and to the real one, and what that cost the control plane. bench/fleet/run.sh starts it.
var settings = FleetSettings.Parse(args);
using var stopping = new CancellationTokenSource();
using var feedClient = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(30) }) { BaseAddress = settings.Control, Timeout = TimeSpan.FromSeconds(60) };
using var api = new Api(settings.Control, Api.ReadKey(settings.Credentials));
using var viewer = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = settings.Viewer };
var path = $"distribution/{settings.DistributionId}";

var alone = Costs.Now(settings.ProcessId, []);
var edges = Enumerable.Range(0, settings.Edges).Select(number => new SimulatedEdge(feedClient, number, settings.EdgeToken)).ToArray();
var running = edges.Select(edge => edge.RunAsync(stopping.Token)).ToArray();
await UntilAsync(() => edges.All(static edge => edge.Version > 0), TimeSpan.FromMinutes(2), "every edge has a configuration");
var quiet = Costs.Now(settings.ProcessId, edges);
await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
var busy = Costs.Now(settings.ProcessId, edges);

var (live, liveAtAll, liveAtReal, effective, effectiveAtAll, effectiveAtReal, completed) = (new Times(), new Times(), new Times(), new Times(), new Times(), new Times(), new Times());
var (etag, config) = await api.CallAsync("GET", path + "/config");
var (began, round, lies) = (Stopwatch.GetTimestamp(), 0, 0);
while (Stopwatch.GetElapsedTime(began) < settings.Length)
{
    round++;
    await ChangeAsync();
    await InvalidateAsync(round);
}

var after = Costs.Now(settings.ProcessId, edges);
await stopping.CancelAsync();
await Task.WhenAll(running);
Console.WriteLine($"| what, from the API's answer on | times | p50, ms | p99, ms | longest, ms |\n|---|---:|---:|---:|---:|");
Console.WriteLine($"| configuration live, edge by edge | {live.Cells()} |\n| configuration live on the last edge | {liveAtAll.Cells()} |\n| configuration live on the real edge, seen by a viewer | {liveAtReal.Cells()} |");
Console.WriteLine($"| invalidation applied, edge by edge | {effective.Cells()} |\n| invalidation applied on the last edge | {effectiveAtAll.Cells()} |\n| invalidation effective on the real edge, seen by a viewer | {effectiveAtReal.Cells()} |\n| `Completed` | {completed.Cells()} |\n");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"`Completed` was said {lies} times before the last edge had applied the invalidation.\n"));
Console.WriteLine("| control plane and its real edge, one process | s | cores | ms of a core per edge and minute | MiB | reports per edge and s | bytes per edge and s |\n|---|---:|---:|---:|---:|---:|---:|");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| nothing happens | {busy.Since(quiet, settings.Edges)} |\n| changes and invalidations, one after the other | {after.Since(busy, settings.Edges)} |\n"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Memory without the simulated edges: {alone.MemoryBytes >> 20} MiB; with them and nothing to do {(double)(busy.MemoryBytes - alone.MemoryBytes) / settings.Edges / 1024:F0} KiB more for each."));
return lies > 0 ? 1 : 0;

async Task ChangeAsync()
{
    var redirects = await RedirectsAsync();
    var version = edges.Max(static edge => edge.Version) + 1;
    var at = config.LastIndexOf("<ViewerProtocolPolicy>", StringComparison.Ordinal);
    config = string.Concat(config.AsSpan(0, at), $"<ViewerProtocolPolicy>{(redirects ? "allow-all" : "redirect-to-https")}</ViewerProtocolPolicy>", config.AsSpan(config.IndexOf("</ViewerProtocolPolicy>", at, StringComparison.Ordinal) + "</ViewerProtocolPolicy>".Length));
    (etag, _) = await api.CallAsync("PUT", path + "/config", config, etag);
    var answered = Stopwatch.GetTimestamp();
    await WaitAsync(async () => await RedirectsAsync() != redirects, TimeSpan.FromSeconds(30), "the real edge has it", TimeSpan.Zero);
    liveAtReal.Add(Stopwatch.GetElapsedTime(answered));
    await UntilAsync(() => edges.All(edge => edge.ServedAt(version) is not null), TimeSpan.FromSeconds(30), "every edge has it");
    AddAll(live, liveAtAll, answered, edge => edge.ServedAt(version)!.Value);
}

async Task InvalidateAsync(int number)
{
    var target = string.Create(CultureInfo.InvariantCulture, $"/1k.bin?{number}");
    while (!await IsHitAsync(target))
    {
        // Until it is stored.
    }

    var position = edges.Max(static edge => edge.Position) + 1;
    var (_, created) = await api.CallAsync("POST", path + "/invalidation", $"<InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Paths><Quantity>1</Quantity><Items><Path>/1k.bin*</Path></Items></Paths><CallerReference>{number}-{began}</CallerReference></InvalidationBatch>");
    var answered = Stopwatch.GetTimestamp();
    var id = created.Split("<Id>")[1].Split("</Id>")[0];
    var completing = CompletedAsync(id, answered);
    await WaitAsync(async () => !await IsHitAsync(target), TimeSpan.FromSeconds(30), "the real edge has forgotten it", TimeSpan.Zero);
    effectiveAtReal.Add(Stopwatch.GetElapsedTime(answered));
    var completedAt = await completing;
    lies += edges.Count(edge => edge.AppliedAt(position) is not { } applied || applied > completedAt);
    await UntilAsync(() => edges.All(edge => edge.AppliedAt(position) is not null), TimeSpan.FromSeconds(30), "every edge has applied it");
    AddAll(effective, effectiveAtAll, answered, edge => edge.AppliedAt(position)!.Value);
}

async Task<long> CompletedAsync(string id, long answered)
{
    while (true)
    {
        var (_, body) = await api.CallAsync("GET", $"{path}/invalidation/{id}");
        if (body.Contains("<Status>Completed</Status>", StringComparison.Ordinal))
        {
            completed.Add(Stopwatch.GetElapsedTime(answered));
            return Stopwatch.GetTimestamp();
        }

        await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
    }
}

// An edge may have been told before the caller was answered: that is no time at all.
void AddAll(Times each, Times last, long answered, Func<SimulatedEdge, long> at)
{
    foreach (var edge in edges)
    {
        each.Add(TimeSpan.FromTicks(Math.Max(0, Stopwatch.GetElapsedTime(answered, at(edge)).Ticks)));
    }

    last.Add(TimeSpan.FromTicks(Math.Max(0, Stopwatch.GetElapsedTime(answered, edges.Max(at)).Ticks)));
}

async Task<bool> RedirectsAsync() => (int)(await AskAsync("/pass/1k.bin")).Status == 301;

async Task<bool> IsHitAsync(string target) => (await AskAsync(target)).Cache.StartsWith("Hit", StringComparison.Ordinal);

async Task<(System.Net.HttpStatusCode Status, string Cache)> AskAsync(string target)
{
    using var request = new HttpRequestMessage(HttpMethod.Get, target);
    request.Headers.Host = settings.Host;
    using var response = await viewer.SendAsync(request);
    return (response.StatusCode, response.Headers.TryGetValues("X-Cache", out var cache) ? cache.First() : "");
}

static Task UntilAsync(Func<bool> condition, TimeSpan longest, string what) => WaitAsync(() => Task.FromResult(condition()), longest, what, TimeSpan.FromMilliseconds(5));

static async Task WaitAsync(Func<Task<bool>> condition, TimeSpan longest, string what, TimeSpan pause)
{
    var began = Stopwatch.GetTimestamp();
    while (!await condition())
    {
        if (Stopwatch.GetElapsedTime(began) > longest)
        {
            throw new TimeoutException($"It did not come about that {what}.");
        }

        await Task.Delay(pause, TimeProvider.System);
    }
}
