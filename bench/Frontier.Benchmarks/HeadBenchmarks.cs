// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Matching;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Benchmarks;

/// <summary>From the bytes of a head to its distribution and behavior.</summary>
internal static class HeadBenchmarks
{
    public static IEnumerable<Benchmark> All =>
    [
        Parse("parse-bare", "a head of one field", Samples.Bare),
        Parse("parse-browser", "a head of fourteen fields", Samples.Browser),
        Normalize(),
        Route("route", "an alias among a hundred distributions", Samples.Host),
        Route("route-wildcard", "a wildcard alias among them", "a.site42.example.org"),
        Match(),
    ];

    private static Benchmark Parse(string name, string what, byte[] bytes)
    {
        var (parser, head) = (new RequestHeadParser(), new RequestHead());
        return new Benchmark(name, what, times =>
        {
            for (var i = 0; i < times; i++)
            {
                head.Reset();
                parser.Reset();
                parser.Parse(bytes, head);
            }
        });
    }

    private static Benchmark Normalize() => new("host", "a host name brought into its one form", static times =>
    {
        Span<char> name = stackalloc char[HostName.MaxLength];
        for (var i = 0; i < times; i++)
        {
            HostName.TryNormalize(Samples.Host, name, out _);
        }
    });

    private static Benchmark Route(string name, string what, string host)
    {
        var table = Samples.Table();
        return new Benchmark(name, what, times =>
        {
            for (var i = 0; i < times; i++)
            {
                table.TryFind(host, out _, out _);
            }
        });
    }

    private static Benchmark Match()
    {
        Samples.Table().TryFind(Samples.Host, out var distribution);
        var head = Samples.Head(Samples.Browser);
        return new Benchmark("behavior", "the last of ten behaviors", times =>
        {
            for (var i = 0; i < times; i++)
            {
                BehaviorMatch.Find(distribution!, head.Path);
            }
        });
    }
}
