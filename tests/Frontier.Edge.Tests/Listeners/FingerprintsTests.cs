// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Models;
using Frontier.Edge.Places;

namespace Frontier.Edge.Tests.Listeners;

/// <summary>What an origin is told of a viewer's connection and place (§10.3).</summary>
public sealed class FingerprintsTests : IViewerPlaces
{
    [Fact]
    public async Task An_origin_that_asks_is_told_the_fingerprints_of_a_viewers_hello_and_that_a_connection_is_reused()
    {
        await using var edge = await AskingAsync();
        edge.Origin.On("*").Reply(200);
        using var viewer = TlsViewer.Of(edge);
        viewer.DefaultRequestVersion = HttpVersion.Version20;
        viewer.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        foreach (var path in new[] { "/1", "/2" })
        {
            using var response = await viewer.GetAsync(TlsViewer.Address(edge, path));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var first = edge.Origin.Last("/1");
        Assert.Matches("^[0-9a-f]{32}$", first.Header("CloudFront-Viewer-JA3-Fingerprint"));
        Assert.Matches("^t13d[0-9]{4}h2_[0-9a-f]{12}_[0-9a-f]{12}$", first.Header("CloudFront-Viewer-JA4-Fingerprint"));
        Assert.Matches("^TLSv1.3:TLS_[A-Z0-9_]+:fullHandshake$", first.Header("CloudFront-Viewer-TLS"));
        Assert.Matches("^TLSv1.3:TLS_[A-Z0-9_]+:connectionReused$", edge.Origin.Last("/2").Header("CloudFront-Viewer-TLS"));
        Assert.Equal(first.Header("CloudFront-Viewer-JA4-Fingerprint"), edge.Origin.Last("/2").Header("CloudFront-Viewer-JA4-Fingerprint"));
    }

    [Fact]
    public async Task A_plain_connection_has_neither_TLS_nor_a_fingerprint()
    {
        await using var edge = await AskingAsync();
        edge.Origin.On("/a").Reply(200);
        await edge.GetAsync("/a", ("CloudFront-Viewer-JA3-Fingerprint", "made up"));
        var request = edge.Origin.Last("/a");
        Assert.Null(request.Header("CloudFront-Viewer-JA3-Fingerprint"));
        Assert.Null(request.Header("CloudFront-Viewer-JA4-Fingerprint"));
        Assert.Null(request.Header("CloudFront-Viewer-TLS"));
    }

    [Fact]
    public async Task A_viewers_place_is_told_as_far_as_somebody_knows_it()
    {
        await using var edge = await AskingAsync();
        edge.Origin.On("*").Reply(200);
        await edge.GetAsync("/unknown");
        await edge.RestartAsync(options => options with { ViewerPlaces = this });
        await edge.GetAsync("/known");
        Assert.Null(edge.Origin.Last("/unknown").Header("CloudFront-Viewer-Country"));
        Assert.Equal("DE", edge.Origin.Last("/known").Header("CloudFront-Viewer-Country"));
        Assert.Null(edge.Origin.Last("/known").Header("CloudFront-Viewer-City"));
    }

    [Fact]
    public async Task The_order_of_the_headers_is_that_in_which_they_came_in_the_viewers_own_letters()
    {
        await using var edge = await AskingAsync();
        edge.Origin.On("*").Reply(200);
        await edge.SendRawAsync($"GET /1 HTTP/1.1\r\nX-b: 1\r\naccept: */*\r\nHost: {TestEdge.Host}\r\nX-b: 2\r\nCONNECTION: close\r\n\r\n");
        Assert.Equal("X-b:accept:Host:X-b:CONNECTION", edge.Origin.Last("/1").Header("CloudFront-Viewer-Header-Order"));
        Assert.Equal("5", edge.Origin.Last("/1").Header("CloudFront-Viewer-Header-Count"));

        using var viewer = await Http2Viewer.ConnectAsync(edge);
        await viewer.SendFieldsAsync(1, [(":method", "GET"), (":path", "/2"), (":scheme", "https"), (":authority", TestEdge.Host), ("user-agent", "one"), ("accept", "*/*")]);
        Assert.Equal(200, await viewer.ReadStatusAsync(1));
        // The authority stands for the Host of HTTP/1.1, and before all fields.
        Assert.Equal("host:user-agent:accept", edge.Origin.Last("/2").Header("CloudFront-Viewer-Header-Order"));
        Assert.Equal("3", edge.Origin.Last("/2").Header("CloudFront-Viewer-Header-Count"));
    }

    ViewerPlace? IViewerPlaces.Find(IPAddress address) => IPAddress.IsLoopback(address) ? new ViewerPlace { Country = "DE" } : null;

    private static Task<TestEdge> AskingAsync() => TestEdge.StartAsync(static distribution => distribution with
    {
        DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled, OriginRequestPolicyId = TestPolicies.Fingerprints },
    });
}
