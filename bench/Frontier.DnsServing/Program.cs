// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Frontier.Dns;
using Frontier.Dns.Serving;
using Microsoft.Extensions.Logging.Abstractions;

// A DNS server by itself, for measurements: so many zones of so many names, and one name whose answer depends on the client's network.
// Arguments: --listen ADDRESS --zones N --names N (of each zone) --sockets N --directory DIR [--reload-milliseconds N] [--memory]
string Text(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
int Number(string name, int fallback) => int.Parse(Text(name, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

var (zones, names) = (Number("--zones", 1), Number("--names", 10_000));
var reload = Number("--reload-milliseconds", 0);
var before = Measured();
var started = Stopwatch.GetTimestamp();
using var control = new BenchControl(zones, names, reload);
await using var server = await DnsServer.StartAsync(
    new DnsOptions
    {
        Endpoints = [IPEndPoint.Parse(Text("--listen", "127.0.0.1:5300"))],
        Directory = Text("--directory", "."),
        NodeId = "bench",
        Control = control.Address,
        Sockets = Number("--sockets", 1),
        AnswersPerSecond = 0,
    },
    new NoEdges(), new TwoPlaces(), health: null, watch: null, TimeProvider.System, NullLoggerFactory.Instance);
await control.AllTold;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"serving {server.Zones} zones with {(long)zones * names} records after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));
if (args.Contains("--memory"))
{
    var bytes = Measured() - before;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {zones:N0} | {(long)zones * names:N0} | {bytes >> 20:N0} MiB | {(double)bytes / zones / names:F0} | {Environment.WorkingSet >> 20:N0} MiB |"));
    return;
}

using var stop = new ManualResetEventSlim();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Set();
});
stop.Wait();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{control.Reloads} reloads, {server.Statistics.Answers} answers"));

static long Measured() => GC.GetTotalMemory(forceFullCollection: true);
