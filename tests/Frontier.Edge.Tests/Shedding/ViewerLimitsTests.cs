// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.Metrics;
using System.Net;
using Frontier.Contracts;
using Frontier.Edge.Shedding;
using Frontier.Edge.Telemetry;
using Frontier.Http.Limits;
using Frontier.Testing;
using Frontier.Usage;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Tests.Shedding;

/// <summary>What viewers who ask too much see of a whole edge, and what its operator does.</summary>
public sealed class ViewerLimitsTests
{
    [Theory]
    [InlineData(false, 429)]
    [InlineData(true, 503)]
    public async Task A_request_too_many_is_answered_with_the_time_to_come_again_and_stands_in_the_log_of_its_distribution(bool ofAll, int status)
    {
        await using var edge = await StartAsync(ofAll ? new ViewerLimits { Requests = 1 } : new ViewerLimits { RequestsPerAddress = 1, Exempt = [] });
        edge.Origin.On("/a").Reply(200, "a", ("Cache-Control", "max-age=600"));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await edge.GetAsync("/a")).Status);
        }

        var refused = await edge.GetAsync("/a");
        Assert.Equal((status, "1", "Error from cloudfront"), (refused.Status, refused.Header("Retry-After"), refused.Cache));
        Assert.Contains("too many requests", refused.Body, StringComparison.Ordinal);
        var record = await edge.Records.OfAsync(refused);
        Assert.Equal((ResultType.LimitExceeded, ErrorDetail.None, TestEdge.Id, status), (record.Result, record.Detail, record.DistributionId, record.Status));
        Assert.Equal(1, edge.Origin.Requests("/a"));

        edge.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
    }

    [Fact]
    public async Task No_page_of_the_distributions_stands_in_for_it_DP_19_9()
    {
        await using var edge = await StartAsync(new ViewerLimits { RequestsPerAddress = 1, Exempt = [] });
        edge.Configure(distribution => distribution with { ErrorResponses = [new ErrorResponseConfig(503, 10) { PagePath = "/sorry" }] });
        await edge.DeployedAsync();
        ViewerAnswer answer = null!;
        for (var i = 0; i < 6; i++)
        {
            answer = await edge.GetAsync("/a");
        }

        Assert.Equal(429, answer.Status);
        Assert.Equal(0, edge.Origin.Requests("/sorry"));
    }

    [Fact]
    public async Task Streams_of_HTTP_2_are_requests_and_who_goes_on_loses_the_connection()
    {
        await using var edge = await StartAsync(new ViewerLimits { RequestsPerAddress = 1, Exempt = [] });
        edge.Origin.On("/a").Reply(200, "a", ("Cache-Control", "max-age=600"));
        using var viewer = await Http2Viewer.ConnectAsync(edge);
        var statuses = new List<int>();
        for (var stream = 1; stream < 2 * 60; stream += 2)
        {
            await viewer.SendFieldsAsync(stream, [(":method", "GET"), (":scheme", "https"), (":authority", TestEdge.Host), (":path", "/a")]);
            statuses.Add(await viewer.ReadStatusAsync(stream));
            if (statuses[^1] == 0)
            {
                break;
            }
        }

        Assert.Equal([.. Enumerable.Repeat(200, 5), .. Enumerable.Repeat(429, 32), 0], statuses);
    }

    [Fact]
    public async Task A_flood_is_counted_by_its_limit_and_told_in_a_line_every_ten_seconds()
    {
        var log = new Lines();
        var clock = new ManualTimeProvider();
        var turnaways = new Turnaways(clock, log);
        using var memory = new MemoryWatch(1_000, clock, static () => 0);
        var misses = new MissGate(new MissOptions { MaxUnderWay = 1 }, [], clock, () => memory.IsShort, turnaways.Add);
        await misses.EnterAsync("E1", new Edge.Origins.OriginAddress("a", 80, false), IPAddress.Loopback, CancellationToken.None);
        using var metrics = new OverloadMetrics(static () => 7, misses, memory, turnaways);
        for (var second = 0; second < 21; second++)
        {
            for (var i = 0; i < 1_000; i++)
            {
                turnaways.Add(ViewerLimit.AddressHandshakes, IPAddress.Parse("192.0.2.7"));
            }

            turnaways.Add(MissRefusal.TimedOut);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var observed = Observe(metrics);
        Assert.Equal(21_000, observed["frontier.edge.viewers.refused handshakes-per-address"]);
        Assert.Equal(0, observed["frontier.edge.viewers.refused requests"]);
        Assert.Equal(21, observed["frontier.edge.misses.shed timed-out"]);
        Assert.Equal((7, 1, 0, 0), (observed["frontier.edge.connections "], observed["frontier.edge.misses.active "], observed["frontier.edge.misses.waiting "], observed["frontier.edge.memory.short "]));
        Assert.Equal(
            [
                "Viewers met the limit --handshakes-per-address: 1 refused since the last such line, the last one 192.0.2.7.",
                "Viewers met the limit --handshakes-per-address: 10000 refused since the last such line, the last one 192.0.2.7.",
                "Viewers met the limit --handshakes-per-address: 10000 refused since the last such line, the last one 192.0.2.7.",
            ],
            log.All.Where(static line => line.StartsWith("Viewers", StringComparison.Ordinal)));
        Assert.Equal(3, log.All.Count(static line => line.Contains("--miss-wait", StringComparison.Ordinal)));
    }

    private static async Task<TestEdge> StartAsync(ViewerLimits limits)
    {
        var edge = await TestEdge.StartAsync(onKestrel: false); // whose limits these are not
        await edge.RestartAsync(options => options with { ViewerLimits = limits });
        return edge;
    }

    private static Dictionary<string, long> Observe(OverloadMetrics metrics)
    {
        var observed = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => observed.Add($"{instrument.Name} {(tags.IsEmpty ? "" : tags[0].Value)}", value));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => observed.Add($"{instrument.Name} {(tags.IsEmpty ? "" : tags[0].Value)}", value));
        listener.Start();
        listener.RecordObservableInstruments();
        return observed;
    }

    private sealed class Lines : ILogger<Turnaways>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
