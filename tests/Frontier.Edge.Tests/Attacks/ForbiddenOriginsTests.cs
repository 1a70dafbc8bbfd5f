// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Edge.Tests.Explaining;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Attacks;

/// <summary>
/// Who configures a distribution chooses where the edge connects to, from inside the operator's network: none of these reaches
/// the machine itself, its neighbours, or the servers of the installation.
/// </summary>
public sealed class ForbiddenOriginsTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("017700000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    public async Task A_loopback_or_metadata_address_in_whatever_notation_is_502_and_not_connected_to(string host)
    {
        await using var edge = await TestEdge.StartAsync(options: static options => options with { AllowPrivateOrigins = false });
        edge.Origin.On("/a").Reply(200, "inside");
        await PointAsync(edge, host, edge.Origin.Port);
        await AssertForbiddenAsync(edge);
        Assert.Equal(0, edge.Origin.ConnectionsAccepted);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("0x7f000001")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task The_edge_s_own_listeners_are_closed_even_where_private_origins_are_allowed(string host)
    {
        await using var edge = await TestEdge.StartAsync();
        foreach (var port in new[] { edge.Server.Http.Port, edge.Server.Https.Port })
        {
            await PointAsync(edge, host, port);
            await AssertForbiddenAsync(edge);
        }

        await PointAsync(edge, host == "localhost" ? host : "127.0.0.1", edge.Origin.Port);
        edge.Origin.On("/beside").Reply(200, "beside");
        Assert.Equal("beside", (await edge.GetAsync("/beside")).Body);
    }

    [Fact]
    public async Task The_control_plane_is_closed_even_where_private_origins_are_allowed()
    {
        await using var edge = await TestEdge.StartAsync();
        await PointAsync(edge, "localhost", edge.Control.Address.Port);
        await AssertForbiddenAsync(edge);
    }

    [Fact]
    public async Task The_store_is_for_the_names_of_buckets_alone_and_lends_no_connection_to_others()
    {
        await using var edge = await TestEdge.StartAsync(options: static options => options with { AllowPrivateOrigins = false });
        edge.Store.On("/a").Reply(200, "picture");
        edge.Configure(distribution => distribution with
        {
            Origins =
            [
                distribution.Origins[0] with { DomainName = "pictures.s3.amazonaws.com", S3 = new S3OriginConfig { Bucket = "pictures", Region = "us-east-1" } },
                distribution.Origins[0] with { Id = "custom", HttpPort = edge.Store.Port },
            ],
            Behaviors = [TestEdge.Behavior("/inside*") with { TargetOriginId = "custom" }],
        });
        await edge.DeployedAsync();
        Assert.Equal("picture", (await edge.GetAsync("/a")).Body);
        await AssertForbiddenAsync(edge, "/inside-1");

        await edge.RestartAsync(); // with private origins allowed
        await AssertForbiddenAsync(edge, "/inside-2");
        Assert.Equal(1, edge.Store.ConnectionsAccepted);
    }

    [Fact]
    public async Task A_handshake_of_a_WebSocket_goes_no_further_than_other_requests()
    {
        await using var edge = await TestEdge.StartAsync();
        await PointAsync(edge, "localhost", edge.Control.Address.Port);
        var answer = await edge.SendRawAsync(
            $"GET /chat HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 502 ", answer, StringComparison.Ordinal);
        Assert.Equal(ErrorDetail.OriginForbiddenError, (await edge.Records.OfAsync("/chat")).Detail);
    }

    [Fact]
    public async Task A_gRPC_call_goes_no_further_than_other_requests()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"], Grpc = true },
        });
        edge.Configure(distribution => distribution with
        {
            Origins = [distribution.Origins[0] with { DomainName = "localhost", HttpsPort = edge.Server.Https.Port, Protocol = OriginProtocol.HttpsOnly }],
            DefaultBehavior = TestEdge.Behavior("*") with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"], Grpc = true },
        });
        await edge.DeployedAsync();
        using var viewer = TlsViewer.Of(edge);
        using var call = new HttpRequestMessage(HttpMethod.Post, TlsViewer.Address(edge, "/service/Method")) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        call.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("message"));
        call.Content.Headers.ContentType = new("application/grpc");
        using var answer = await viewer.SendAsync(call);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(ErrorDetail.OriginForbiddenError, (await edge.Records.OfAsync("/service/Method")).Detail);
    }

    [Fact]
    public async Task The_operator_is_told_where_a_name_leads_and_the_viewer_is_not()
    {
        await using var edge = await TestEdge.StartAsync(options: static options => options with { AllowPrivateOrigins = false });
        await PointAsync(edge, "localhost", edge.Origin.Port);
        var explained = await edge.ExplainAsync("/a");
        Assert.Equal($"127.0.0.1:{edge.Origin.Port} is a loopback address; --allow-private-origins allows it", Assert.Single(explained.Origin!.Refusals));
        Assert.DoesNotContain("127.0.0.1", (await edge.GetAsync("/a")).Body, StringComparison.Ordinal);
        Assert.Equal("Forbidden", (await edge.ExplainAsync("/b")).Origin!.Health!.LastFailure);
        Assert.Equal("Forbidden", (await edge.ExplainAsync("/c", ";live")).Answer!.OriginFailure);

        await PointAsync(edge, "localhost", edge.Control.Address.Port);
        explained = await edge.ExplainAsync("/a");
        Assert.Equal($"127.0.0.1:{edge.Control.Address.Port} is the control plane's; no origin may be there", Assert.Single(explained.Origin!.Refusals));
    }

    private static async Task PointAsync(TestEdge edge, string host, int port)
    {
        var origin = edge.OriginConfig() with { DomainName = host, HttpPort = port, AddressFamily = host == "localhost" ? OriginAddressFamily.Ipv4 : OriginAddressFamily.DualStack };
        edge.Configure(distribution => distribution with { Origins = [origin], ErrorResponses = [new ErrorResponseConfig(502, 0)] });
        await edge.DeployedAsync();
    }

    private static async Task AssertForbiddenAsync(TestEdge edge, string target = "/a")
    {
        var before = edge.Origin.Log.Count;
        var answer = await edge.GetAsync(target);
        Assert.Equal((502, "Error from cloudfront"), (answer.Status, answer.Cache));
        Assert.Contains(ErrorPage.OriginForbidden, answer.Body, StringComparison.Ordinal);
        Assert.Equal(ErrorDetail.OriginForbiddenError, (await edge.Records.OfAsync(target)).Detail);
        Assert.Equal(before, edge.Origin.Log.Count);
    }
}
