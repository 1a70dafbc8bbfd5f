// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

public sealed class UploadsTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 1, false)]
    [InlineData(100_000, 7_000, true)]
    [InlineData(100_000, 7_000, false)]
    [InlineData(3_000_000, 50_000, true)]
    [InlineData(3_000_000, 50_000, false)]
    public async Task A_body_arrives_whole_with_its_length_or_chunked(int bytes, int pieceBytes, bool announceLength)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/up").Reply(201, "made");
        var sent = RandomNumberGenerator.GetBytes(bytes);

        var result = await bench.SendAsync("/up", "PUT", ScriptedBody.Of(sent, pieceBytes, announceLength));

        await using var response = result.Response!;
        Assert.Equal(("made", OriginFailure.None), await OriginBench.ReadToEndAsync(response));
        var request = bench.Origin.Last("/up");
        Assert.True(sent.AsSpan().SequenceEqual(request.Body));
        Assert.Equal(announceLength ? $"{bytes}" : null, request.Header("Content-Length"));
        Assert.Equal(announceLength ? null : "chunked", request.Header("Transfer-Encoding"));
        Assert.Equal(1, bench.Client.OpenConnections);
    }

    [Theory]
    [InlineData("POST", "0")]
    [InlineData("PUT", "0")]
    [InlineData("PATCH", "0")]
    [InlineData("DELETE", null)]
    [InlineData("GET", null)]
    public async Task A_missing_body_is_announced_where_one_is_expected(string method, string? length)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/up").Reply(200);

        var result = await bench.SendAsync("/up", method);

        Assert.True(result.Succeeded);
        Assert.Equal(length, bench.Origin.Last("/up").Header("Content-Length"));
    }

    [Fact]
    public async Task A_body_of_length_zero_is_not_read()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/up").Reply(200);
        var body = new ScriptedBody(0);

        var result = await bench.SendAsync("/up", "POST", body);

        Assert.True(result.Succeeded);
        Assert.Equal("0", bench.Origin.Last("/up").Header("Content-Length"));
        Assert.Equal(0, body.Reads);
    }

    [Fact]
    public async Task Pieces_are_sent_as_they_arrive()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/up").Reply(200, "done");
        var body = new ScriptedBody();
        var pending = bench.SendAsync("/up", "POST", body);
        await bench.Origin.WaitForRequestsAsync("/up", 1);

        body.Arrive("first "u8.ToArray());
        body.Arrive("second"u8.ToArray());
        body.End();

        Assert.True((await pending).Succeeded);
        Assert.Equal("first second", bench.Origin.Last("/up").BodyText);
    }

    [Fact]
    public async Task A_viewer_may_take_longer_than_the_read_timeout()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/up").Reply(200, "done");
        var body = new ScriptedBody();
        var pending = bench.SendAsync("/up", "POST", body);
        await bench.Origin.WaitForRequestsAsync("/up", 1);

        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        body.Arrive("late"u8.ToArray());
        body.End();

        Assert.True((await pending).Succeeded);
    }

    [Fact]
    public async Task A_viewer_that_goes_away_ends_the_exchange_and_the_connection()
    {
        await using var bench = new OriginBench();
        var body = new ScriptedBody();
        var pending = bench.SendAsync("/up", "POST", body);
        await bench.Origin.WaitForRequestsAsync("/up", 1);

        body.Arrive("half"u8.ToArray());
        body.BreakOff();

        Assert.Equal(OriginFailure.ViewerGone, (await pending).Failure);
        Assert.Equal(0, bench.Client.OpenConnections);
        await bench.Origin.WaitUntilAsync(() => bench.Origin.ConnectionsOpen == 0);
        Assert.Empty(bench.Origin.Last("/up").Body);
    }

    [Fact]
    public async Task A_body_shorter_than_announced_is_the_viewers_fault()
    {
        await using var bench = new OriginBench();
        var body = new ScriptedBody(10);
        body.Arrive("short"u8.ToArray());
        body.End();

        Assert.Equal(OriginFailure.ViewerGone, await bench.FailAsync("/up", "POST", body));
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task A_body_longer_than_announced_is_a_bug_and_throws()
    {
        await using var bench = new OriginBench();
        var body = new ScriptedBody(2);
        body.Arrive("long"u8.ToArray());

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.SendAsync("/up", "POST", body));
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task An_answer_before_the_bodys_end_stops_the_upload_and_closes_the_connection()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/up").Reply(ScriptedReply.Of(413, "too much") with { IgnoreRequestBody = true });
        var body = new ScriptedBody(1_000_000);
        body.Arrive(new byte[1000]);

        var result = await bench.SendAsync("/up", "POST", body);

        await using var response = result.Response!;
        Assert.Equal(413, response.Head.Status);
        Assert.Equal("too much", (await OriginBench.ReadToEndAsync(response)).Body);
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task An_upload_is_never_sent_twice()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/up").Raw("", ScriptedEnding.CloseSilently);

        var failure = await bench.FailAsync("/up", "PUT", ScriptedBody.Of(new byte[100], 10, announceLength: true));

        Assert.Equal(OriginFailure.ClosedEarly, failure);
        Assert.Equal(1, bench.Origin.Requests("/up"));
    }

    [Fact]
    public async Task An_upload_is_sent_once_it_has_a_connection_whatever_came_before()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { Port = FailuresTests.UnusedPort() };
        var body = ScriptedBody.Of(new byte[100], 10, announceLength: true);

        Assert.Equal(OriginFailure.ConnectError, await bench.FailAsync("/up", "PUT", body));
        Assert.Equal(0, body.Reads);
    }

    [Fact]
    public async Task An_origin_that_takes_the_whole_body_but_never_answers_is_a_read_timeout()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/up").Hold();
        var pending = bench.SendAsync("/up", "POST", ScriptedBody.Of(new byte[100], 100, announceLength: true));

        await bench.Origin.WaitForRequestsAsync("/up", 1);
        await bench.ElapseAsync(30);

        Assert.Equal(OriginFailure.ReadTimeout, (await pending).Failure);
        Assert.Equal(1, bench.Origin.Requests("/up"));
    }
}
