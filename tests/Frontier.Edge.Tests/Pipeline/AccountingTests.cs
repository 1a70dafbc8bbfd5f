// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Every request leaves one record, and the line of the access log that follows from it (§29.1).</summary>
public sealed class AccountingTests
{
    [Fact]
    public async Task A_miss_a_hit_a_redirect_an_error_and_an_aborted_download_each_leave_the_right_line()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with
        {
            Behaviors = [TestEdge.Behavior("/secure") with { ViewerProtocol = ViewerProtocol.RedirectToHttps }],
        });
        edge.Origin.On("/a").Reply(200, "hello", ("Content-Type", "text/plain"));
        edge.Origin.On("/large").Reply(200, new byte[40_000_000]);
        await edge.GetAsync("/a?x=1");
        await edge.GetAsync("/a", ("Range", "bytes=1-2"), ("User-Agent", "Some Agent"));
        await edge.GetAsync("/secure");
        await edge.GetAsync("/missing");
        using (var viewer = await edge.ConnectAsync())
        {
            await viewer.GetAsync("/large");
            await viewer.ReadHeadAsync();
            await viewer.ReadExactlyAsync(100_000);
        }

        await edge.Records.OfAsync("/large");
        await edge.RestartAsync(); // closes the log
        var file = Assert.Single(Directory.GetFiles(Path.Combine(edge.Directory, "logs")));
        Assert.Equal($"{TestEdge.Id}.2026-08-07-12.log", Path.GetFileName(file));
        string[] paths = ["/a", "/secure", "/missing", "/large"];
        var lines = (await File.ReadAllLinesAsync(file))[2..].Select(static line => line.Split('\t'))
            .OrderBy(line => Array.IndexOf(paths, line[7])).ThenBy(static line => line[8]).ToArray(); // lines of different threads may come in any order
        Assert.Equal(5, lines.Length);
        Assert.All(lines, static line => Assert.Equal((33, "LCL50-C1", TestEdge.Host), (line.Length, line[2], line[6])));

        // Path, status, query, result, result when sent, detail, type, length, range.
        Assert.Equal(["/a", "200", "x=1", "Miss", "Miss", "Miss", "text/plain", "5", "-", "-"], Shown(lines[0]));
        Assert.Equal(["/a", "206", "-", "Hit", "Hit", "Hit", "text/plain", "2", "1", "2"], Shown(lines[1]));
        Assert.Equal("Some%20Agent", lines[1][10]);
        Assert.Equal(["/secure", "301", "-", "Redirect", "Redirect", "Redirect", "text/html", "167", "-", "-"], Shown(lines[2]));
        Assert.Equal(["/missing", "404", "-", "Error", "Error", "OriginError", "-", "10", "-", "-"], Shown(lines[3]));
        Assert.Equal(["/large", "200", "-", "Error", "Miss", "ClientCommError", "-", "40000000", "-", "-"], Shown(lines[4]));
        Assert.All(lines, static line => Assert.InRange(long.Parse(line[3], System.Globalization.CultureInfo.InvariantCulture), 100, 20_000_000));
    }

    [Fact]
    public async Task A_miss_says_why_it_missed_and_a_hit_that_it_did_not()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.UseOriginHeaders } });
        edge.Origin.On("/a").Reply(200, "v1", ("Cache-Control", "max-age=60"), ("ETag", "\"v1\""));
        Assert.Equal(MissReason.Cold, await ReasonAsync("/a"));
        Assert.Equal(MissReason.None, await ReasonAsync("/a"));

        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        edge.Origin.On("/a").Reply(304, "", ("Cache-Control", "max-age=60"), ("ETag", "\"v1\""));
        Assert.Equal(MissReason.None, await ReasonAsync("/a")); // a refresh hit

        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        edge.Origin.On("/a").Reply(200, "v2", ("Cache-Control", "max-age=60"));
        Assert.Equal(MissReason.Expired, await ReasonAsync("/a"));

        await edge.Control.InvalidateAsync(TestEdge.Id, "/a");
        var invalidated = await RecordAsync("/a");
        Assert.Equal((MissReason.Invalidated, 1), (invalidated.MissReason, invalidated.InvalidatedBy));

        edge.Origin.On("/private").Reply(200, "mine", ("Cache-Control", "private"));
        var first = await RecordAsync("/private");
        Assert.NotNull(first.Uncacheable);
        Assert.Equal(MissReason.Uncacheable, await ReasonAsync("/private"));

        async Task<RecordedRequest> RecordAsync(string path) => await edge.Records.OfAsync(await edge.GetAsync(path));

        async Task<MissReason> ReasonAsync(string path) => (await RecordAsync(path)).MissReason;
    }

    [Fact]
    public async Task Who_reads_a_fill_along_is_a_hit_and_missed_nothing_DP_17_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, new string('x', 100_000)).StallAfter(50_000);
        using var leader = await edge.ConnectAsync();
        await leader.GetAsync("/a", "Connection: close");
        await leader.ReadHeadAsync();
        var follower = edge.GetAsync("/a");
        edge.Origin.On("/a").Release();
        await leader.ReadToEndAsync();
        var record = await edge.Records.OfAsync(await follower);
        Assert.Equal((ResultType.Hit, MissReason.None), (record.Result, record.MissReason));
    }

    [Fact]
    public async Task A_viewer_that_leaves_before_the_answer_is_logged_without_a_status()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "late").Hold();
        using (var viewer = await edge.ConnectAsync())
        {
            await viewer.GetAsync("/a");
            await edge.Origin.WaitForRequestsAsync("/a", 1);
        }

        var record = await edge.Records.OfAsync("/a");
        Assert.Equal((0, ResultType.Error, ResultType.Error, ErrorDetail.ClientCommError), (record.Status, record.Result, record.ResponseResult, record.Detail));
        edge.Origin.On("/a").Release();
    }

    [Fact]
    public async Task Totals_tell_requests_and_bytes_by_result_and_by_status()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        await edge.Records.OfAsync(await edge.GetAsync("/a"));
        await edge.Records.OfAsync(await edge.GetAsync("/a"));
        await edge.Records.OfAsync(await edge.GetAsync("/missing"));
        await edge.Records.OfAsync(await edge.GetAsync("/", ("Host", "nobody.example")));
        var totals = edge.Server.RequestTotals;
        Assert.Equal((1, 1, 2, 0), (totals.Of(ResultType.Miss).Requests, totals.Of(ResultType.Hit).Requests, totals.Of(ResultType.Error).Requests, totals.Of(ResultType.Redirect).Requests));
        Assert.Equal((2, 2, 4), (totals.OfStatusClass(2).Requests, totals.OfStatusClass(4).Requests, totals.All.Requests));
        Assert.InRange(totals.Of(ResultType.Hit).BytesSent, 100, 1_000);
        Assert.InRange(totals.Of(ResultType.Hit).BytesReceived, 50, 500);
    }

    private static string[] Shown(string[] line) => [line[7], line[8], line[11], line[13], line[22], line[28], line[29], line[30], line[31], line[32]];
}
