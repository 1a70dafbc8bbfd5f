// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Origin groups: the second origin answers where the first fails (§12).</summary>
public sealed class OriginGroupsTests
{
    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_of_the_criteria_makes_the_second_origin_answer_DP_12_2_DP_12_7(int status)
    {
        await using var group = await StartAsync([404, 500, 503]);
        group.Edge.Origin.On("/a").Reply(status, "down");
        group.Second.On("/a").Reply(200, "second");

        var answer = await group.Edge.GetAsync("/a");
        Assert.Equal((200, "second", "Miss from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        var record = await group.Edge.Records.OfAsync(answer);
        Assert.Equal((ResultType.Miss, status, "localhost"), (record.Result, record.FailoverCode, record.OriginHost));
        Assert.Equal("Hit from cloudfront", (await group.Edge.GetAsync("/a")).Cache);
    }

    [Fact]
    public async Task Every_miss_tries_the_first_origin_first_DP_12_1()
    {
        await using var group = await StartAsync([500], caching: false);
        group.Edge.Origin.On("/a").Once(ScriptedReply.Of(500)).Reply(200, "first");
        group.Second.On("/a").Reply(200, "second");

        Assert.Equal("second", (await group.Edge.GetAsync("/a")).Body);
        var again = await group.Edge.GetAsync("/a");
        Assert.Equal("first", again.Body);
        var record = await group.Edge.Records.OfAsync(again);
        Assert.Equal((null, "127.0.0.1"), (record.FailoverCode, record.OriginHost));
        Assert.Equal(2, group.Edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_status_outside_the_criteria_is_the_answer_DP_12_6()
    {
        await using var group = await StartAsync([500]);
        group.Edge.Origin.On("/a").Reply(404, "gone");

        Assert.Equal((404, "gone"), ((await group.Edge.GetAsync("/a")) is var answer ? (answer.Status, answer.Body) : default));
        Assert.Empty(group.Second.Log);
    }

    [Theory]
    [InlineData("503", 200)]
    [InlineData("502", 200)]
    [InlineData("500,504", 502)]
    public async Task A_refused_connection_counts_as_503_and_as_the_502_that_the_viewer_would_see_DP_12_2(string criteria, int status)
    {
        await using var group = await StartAsync([.. criteria.Split(',').Select(int.Parse)], firstPort: RefusedPort());
        group.Second.On("/a").Reply(200, "second");
        Assert.Equal(status, (await group.Edge.GetAsync("/a")).Status);
        Assert.Equal(status == 200 ? 1 : 0, group.Second.Requests("/a"));
    }

    [Theory]
    [InlineData(504, true)]
    [InlineData(503, false)]
    public async Task A_first_origin_that_does_not_answer_in_time_counts_as_504_DP_12_2(int criterion, bool failsOver)
    {
        await using var group = await StartAsync([criterion], first: static origin => origin with { ReadTimeoutSeconds = 1 }, second: static origin => origin with { ReadTimeoutSeconds = 120 });
        group.Edge.Origin.On("/a").Hold();
        group.Second.On("/a").Reply(200, "second");

        var asking = group.Edge.GetAsync("/a");
        await group.Edge.Origin.WaitForRequestsAsync("/a", 1);
        await Eventually.IsTrueAsync(() =>
        {
            group.Edge.Clock.Advance(TimeSpan.FromSeconds(1));
            return asking.IsCompleted || group.Second.ConnectionsAccepted > 0; // whose own time is not to pass
        });
        Assert.Equal(failsOver ? 200 : 504, (await asking).Status);
        Assert.Equal(failsOver ? 1 : 0, group.Second.Requests("/a"));
        group.Edge.Origin.On("/a").Release();
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("OPTIONS", true)]
    [InlineData("POST", false)]
    [InlineData("DELETE", false)]
    public async Task Only_methods_that_ask_fail_over_DP_12_3(string method, bool failsOver)
    {
        await using var group = await StartAsync([500], caching: false);
        group.Edge.Origin.On("/a").Reply(500);
        group.Second.On("/a").Reply(200);
        Assert.Equal(failsOver ? 200 : 500, (await group.Edge.SendAsync(new HttpMethod(method), "/a")).Status);
        Assert.Equal(failsOver ? 1 : 0, group.Second.Requests("/a"));
    }

    [Fact]
    public async Task The_second_origin_gets_the_same_request_with_its_own_name_path_and_headers_DP_12_4()
    {
        await using var group = await StartAsync([500], second: static origin => origin with { Path = "/replica", CustomHeaders = [new HeaderConfig("X-Origin", "second")] });
        group.Edge.Origin.On("*").Reply(500);
        group.Second.On("*").Reply(200, "second");

        Assert.Equal(200, (await group.Edge.GetAsync("/a?b=1", ("Accept-Encoding", "gzip"))).Status);
        var request = group.Second.Log.Single();
        Assert.Equal("/replica/a", request.Path);
        Assert.Equal(("second", $"localhost:{group.Second.Port}", "gzip"), (request.Header("X-Origin"), request.Header("Host"), request.Header("Accept-Encoding")));
        Assert.Null(group.Edge.Origin.Log.Single().Header("X-Origin"));
    }

    [Fact]
    public async Task The_second_origins_answer_is_final_DP_12_4()
    {
        await using var group = await StartAsync([500, 404]);
        group.Edge.Origin.On("/a").Reply(500, "first");
        group.Second.On("/a").Reply(404, "second");
        var answer = await group.Edge.GetAsync("/a");
        Assert.Equal((404, "second"), (answer.Status, answer.Body));
        Assert.Equal(1, group.Edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_bucket_in_a_group_is_signed_for_with_its_own_settings_DP_12_4()
    {
        await using var group = await StartAsync([500], second: static origin => origin with
        {
            DomainName = "replica.s3.eu-west-1.amazonaws.com",
            S3 = new S3OriginConfig { Bucket = "replica", Region = "eu-west-1", Signing = OriginSigningBehavior.Always, AccessKeyId = "AKIASECOND", SecretAccessKey = "secret" },
        });
        group.Edge.Origin.On("/a").Reply(500);
        group.Edge.Store.On("/a").Reply(200, "bucket");

        Assert.Equal("bucket", (await group.Edge.GetAsync("/a")).Body);
        Assert.Null(group.Edge.Origin.Last("/a").Header("Authorization"));
        Assert.Equal("replica.s3.eu-west-1.amazonaws.com", group.Edge.Store.Last("/a").Header("Host"));
        Assert.Contains("Credential=AKIASECOND/", group.Edge.Store.Last("/a").Header("Authorization"), StringComparison.Ordinal);
    }

    private static int RefusedPort()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task<Group> StartAsync(
        ImmutableArray<int> criteria, bool caching = true, int? firstPort = null, Func<OriginConfig, OriginConfig>? first = null, Func<OriginConfig, OriginConfig>? second = null)
    {
        var replica = ScriptedOrigin.Start();
        var edge = await TestEdge.StartAsync(distribution =>
        {
            var primary = distribution.Origins[0] with { HttpPort = firstPort ?? distribution.Origins[0].HttpPort, ConnectionAttempts = 1 };
            var other = distribution.Origins[0] with { Id = "second", DomainName = "localhost", HttpPort = replica.Port };
            return distribution with
            {
                Origins = [first is null ? primary : first(primary), second is null ? other : second(other)],
                OriginGroups = [new OriginGroupConfig { Id = "group", PrimaryOriginId = "origin", SecondaryOriginId = "second", FailoverStatuses = criteria }],
                DefaultBehavior = TestEdge.Behavior("*") with
                {
                    TargetOriginId = "group",
                    AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
                    CachePolicyId = caching ? TestEdge.CachingOptimized : TestEdge.CachingDisabled,
                },
            };
        });
        return new Group(edge, replica);
    }

    private sealed record Group(TestEdge Edge, ScriptedOrigin Second) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Edge.DisposeAsync();
            await Second.DisposeAsync();
        }
    }
}
