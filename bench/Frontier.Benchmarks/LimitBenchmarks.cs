// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Http;
using Frontier.Http.Limits;

namespace Frontier.Benchmarks;

/// <summary>What it takes to hold viewers to their limits: each request, and each connection.</summary>
internal static class LimitBenchmarks
{
    private const int Addresses = 50_000;

    /// <summary>So many that none is refused.</summary>
    private const int MostPerSecond = 1_000_000_000;

    public static IEnumerable<Benchmark> All => [Request(), Seldom(), Refused(), Connection()];

    private static Benchmark Request()
    {
        var visit = Gate(new ViewerLimits { Requests = MostPerSecond, RequestsPerAddress = MostPerSecond }).Admit(Address(0), isSecure: false)!;
        return new Benchmark("limits-request", "a request counted, on a busy connection", times =>
        {
            for (var i = 0; i < times; i++)
            {
                visit.TryAsk();
            }
        });
    }

    /// <summary>What a busy connection pays once for 32 requests, one that asks now and then pays each time.</summary>
    private static Benchmark Seldom()
    {
        var table = new AddressTable(new ViewerLimits(), new ServerClock(TimeProvider.System));
        var gate = Gate(new ViewerLimits { Requests = MostPerSecond, RequestsPerAddress = MostPerSecond });
        var address = table.Enter(1, isSecure: false, out _);
        return new Benchmark("limits-request-seldom", "the same on a connection that asks seldom", times =>
        {
            for (var i = 0; i < times; i++)
            {
                gate.TryTakeRequests(address, 1, gate.Seconds, out _);
            }
        });
    }

    private static Benchmark Refused()
    {
        var visit = Gate(new ViewerLimits { RequestsPerAddress = 1 }).Admit(Address(0), isSecure: false)!;
        return new Benchmark("limits-refused", "a request refused", times =>
        {
            for (var i = 0; i < times; i++)
            {
                visit.TryAsk();
            }
        });
    }

    private static Benchmark Connection()
    {
        var gate = Gate(new ViewerLimits { NewConnections = MostPerSecond, NewConnectionsPerAddress = MostPerSecond, Handshakes = MostPerSecond, HandshakesPerAddress = MostPerSecond });
        var addresses = Enumerable.Range(0, Addresses).Select(Address).ToArray();
        var next = 0;
        return new Benchmark("limits-connection", $"a connection let in and out again, of {Addresses} addresses", times =>
        {
            for (var i = 0; i < times; i++)
            {
                gate.Admit(addresses[next = (next + 1) % Addresses], isSecure: true)!.Leave();
            }
        });
    }

    private static IPAddress Address(int i) => new([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]);

    private static ViewerGate Gate(ViewerLimits limits) => new(
        new HttpServerOptions { Http = new IPEndPoint(IPAddress.Loopback, 0), Https = new IPEndPoint(IPAddress.Loopback, 0), SelectTls = static (_, _) => new(new()), OnFault = static _ => { }, Viewers = limits with { Exempt = [] } },
        new ServerClock(TimeProvider.System));
}
