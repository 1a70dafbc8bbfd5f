// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts;
using Frontier.Decisions.Delivery;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>§4: protocol policy, methods, loops.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task Http_is_redirected_to_https_with_host_path_and_query_DP_4_1_DP_4_2()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultRootObject = "index.html",
            DefaultBehavior = TestEdge.Behavior("*") with { ViewerProtocol = ViewerProtocol.RedirectToHttps, AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"] },
        });
        var moved = await edge.GetAsync("/?a=b");
        Assert.Equal(301, moved.Status);
        Assert.Equal($"https://{TestEdge.Host}:{edge.Server.Https.Port}/?a=b", moved.Header("Location"));
        Assert.Equal("Redirect from cloudfront", moved.Cache);
        Assert.Equal(167, moved.Bytes.Length);

        using var body = new StringContent("x");
        Assert.Equal(307, (await edge.SendAsync(HttpMethod.Post, "/", body)).Status);
        Assert.StartsWith("HTTP/1.1 403", await edge.SendRawAsync($"POST / HTTP/1.0\r\nHost: {TestEdge.Host}\r\nContent-Length: 0\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_on_an_https_only_behavior_is_forbidden_and_https_is_served()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { ViewerProtocol = ViewerProtocol.HttpsOnly } });
        edge.Origin.On("/").Reply(200, "secret");
        Assert.Equal(403, (await edge.GetAsync("/")).Status);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://{edge.Server.Https}/")) { Headers = { Host = TestEdge.Host }, Version = HttpVersion.Version20 };
        using var response = await edge.Viewer.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpVersion.Version20, response.Version);
    }

    [Fact]
    public async Task A_method_that_is_not_allowed_or_not_known_is_403_DP_4_3_DP_4_4()
    {
        await using var edge = await TestEdge.StartAsync();
        foreach (var method in new[] { "POST", "DELETE", "PROPFIND", "TRACE" })
        {
            var answer = await edge.SendAsync(new HttpMethod(method), "/");
            Assert.Equal(403, answer.Status);
            Assert.Contains(ErrorPage.MethodNotAllowed, answer.Body, StringComparison.Ordinal);
        }

        Assert.Empty(edge.Origin.Log);
    }

    [Fact]
    public async Task A_get_with_a_body_is_403_DP_4_5()
    {
        await using var edge = await TestEdge.StartAsync();
        Assert.StartsWith("HTTP/1.1 403", await edge.SendRawAsync($"GET / HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_has_passed_two_distributions_is_a_loop_DP_2_11()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/").Reply(200, "hello");
        Assert.Equal(200, (await edge.GetAsync("/", ("CDN-Loop", "CloudFront"))).Status);
        Assert.Equal(403, (await edge.GetAsync("/", ("CDN-Loop", "CloudFront, CloudFront"))).Status);
    }
}
