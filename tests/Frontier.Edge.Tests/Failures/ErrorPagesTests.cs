// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Failures;

/// <summary>Custom error pages (§19).</summary>
public sealed class ErrorPagesTests
{
    [Fact]
    public async Task An_error_of_the_origin_is_answered_with_its_page_and_the_status_configured_DP_19_5_DP_19_6()
    {
        await using var edge = await StartAsync(Page(404, "/errors/404.html", 200));
        edge.Origin.On("/missing").Reply(404, "bare", ("X-From", "error"));
        edge.Origin.On("/errors/404.html").Reply(200, "sorry", ("Content-Type", "text/html"), ("X-From", "page"), ("ETag", "\"p\""));
        var answer = await edge.GetAsync("/missing");
        Assert.Equal((200, "sorry", "Error from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        Assert.Equal(("page", "\"p\"", "text/html"), (answer.Header("X-From"), answer.Header("ETag"), answer.Header("Content-Type")));
    }

    [Fact]
    public async Task Without_a_status_configured_the_errors_own_is_sent_DP_19_6()
    {
        await using var edge = await StartAsync(Page(404, "/404.html", null));
        edge.Origin.On("/404.html").Reply(200, "sorry");
        var answer = await edge.GetAsync("/missing");
        Assert.Equal((404, "sorry"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Only_statuses_with_a_page_are_replaced_DP_19_11()
    {
        await using var edge = await StartAsync(Page(404, "/404.html", 200), new ErrorResponseConfig(500, 30));
        edge.Origin.On("/404.html").Reply(200, "sorry");
        edge.Origin.On("/broken").Reply(500, "bare");
        var answer = await edge.GetAsync("/broken");
        Assert.Equal((500, "bare"), (answer.Status, answer.Body));
        Assert.Equal(0, edge.Origin.Requests("/404.html"));
    }

    [Fact]
    public async Task The_error_is_kept_for_its_time_while_the_page_has_its_own_DP_19_8()
    {
        await using var edge = await StartAsync(Page(404, "/404.html", 404));
        edge.Origin.On("/missing").Reply(404, "bare");
        edge.Origin.On("/404.html").Reply(200, "sorry", ("Cache-Control", "max-age=3600"));
        await edge.GetAsync("/missing");
        var second = await edge.GetAsync("/missing");
        Assert.Equal((404, "sorry", "Error from cloudfront"), (second.Status, second.Body, second.Cache));
        Assert.Equal((1, 1), (edge.Origin.Requests("/missing"), edge.Origin.Requests("/404.html")));

        edge.Clock.Advance(TimeSpan.FromSeconds(31));
        edge.Origin.On("/missing").Reply(200, "here");
        Assert.Equal((200, "here"), (await edge.GetAsync("/missing")) is var found ? (found.Status, found.Body) : default);
        Assert.Equal((2, 1), (edge.Origin.Requests("/missing"), edge.Origin.Requests("/404.html")));
    }

    [Fact]
    public async Task The_page_comes_by_the_behavior_of_its_own_path_DP_19_5()
    {
        await using var pages = ScriptedOrigin.Start();
        pages.On("/errors/404.html").Reply(200, "from elsewhere");
        await using var edge = await StartAsync(
            distribution => distribution with
            {
                Origins = [.. distribution.Origins, distribution.Origins[0] with { Id = "pages", HttpPort = pages.Port }],
                Behaviors = [TestEdge.Behavior("/errors/*") with { TargetOriginId = "pages", ViewerProtocol = ViewerProtocol.HttpsOnly }],
            },
            Page(404, "/errors/404.html", 404));
        var answer = await edge.GetAsync("/missing");
        Assert.Equal((404, "from elsewhere"), (answer.Status, answer.Body));
        Assert.Equal(0, edge.Origin.Requests("/errors/404.html"));
    }

    [Fact]
    public async Task An_origin_that_does_not_answer_has_a_page_too_DP_19_4()
    {
        await using var edge = await StartAsync(Page(502, "/502.html", 503));
        edge.Origin.On("/dead").Raw("no http\r\n\r\n", ScriptedEnding.CloseSilently);
        edge.Origin.On("/502.html").Reply(200, "back soon");
        foreach (var _ in new[] { "asked", "kept" })
        {
            var answer = await edge.GetAsync("/dead");
            Assert.Equal((503, "back soon", "Error from cloudfront"), (answer.Status, answer.Body, answer.Cache));
            Assert.Equal(ErrorDetail.OriginInvalidResponseError, (await edge.Records.OfAsync(answer)).Detail);
        }
    }

    [Fact]
    public async Task A_refusal_of_the_edge_has_a_page_and_is_not_kept_DP_19_4()
    {
        await using var edge = await StartAsync(Page(403, "/403.html", 403));
        edge.Origin.On("/403.html").Reply(200, "not so");
        edge.Origin.On("/a").Reply(200, "hello");
        var refused = await edge.SendAsync(HttpMethod.Post, "/a", new StringContent("x"));
        Assert.Equal((403, "not so"), (refused.Status, refused.Body));
        Assert.Equal(ErrorDetail.InvalidRequestMethod, (await edge.Records.OfAsync(refused)).Detail);
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
    }

    [Fact]
    public async Task A_host_that_is_nobodys_has_no_page()
    {
        await using var edge = await StartAsync(Page(403, "/403.html", 403));
        edge.Origin.On("/403.html").Reply(200, "not so");
        Assert.Contains("<H1>403 ERROR</H1>", (await edge.GetAsync("/a", ("Host", "nobody.example"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_distribution_has_no_page_DP_2_4()
    {
        await using var edge = await StartAsync(static distribution => distribution with { Enabled = false }, Page(403, "/403.html", 403));
        Assert.Contains("<H1>403 ERROR</H1>", (await edge.GetAsync("/a")).Body, StringComparison.Ordinal);
        Assert.Empty(edge.Origin.Log);
    }

    [Fact]
    public async Task A_request_that_runs_in_a_circle_makes_no_other_DP_2_11()
    {
        await using var edge = await StartAsync(Page(403, "/403.html", 403));
        var answer = await edge.GetAsync("/a", ("CDN-Loop", "CloudFront, CloudFront"));
        Assert.Equal(403, answer.Status);
        Assert.Empty(edge.Origin.Log);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(404)]
    public async Task A_page_that_fails_gives_its_own_status_and_the_default_page_and_no_page_again_DP_19_7(int status)
    {
        await using var edge = await StartAsync(Page(503, "/503.html", 200), Page(403, "/503.html", 200), Page(500, "/503.html", 200));
        edge.Origin.On("/down").Reply(503, "bare");
        edge.Origin.On("/503.html").Reply(status, "no page");
        var answer = await edge.GetAsync("/down");
        Assert.Equal((status, "Error from cloudfront"), (answer.Status, answer.Cache));
        Assert.Contains($"<H1>{status} ERROR</H1>", answer.Body, StringComparison.Ordinal);
        Assert.Contains(answer.Header("X-Amz-Cf-Id")!, answer.Body, StringComparison.Ordinal);
        Assert.Equal(1, edge.Origin.Requests("/503.html"));
    }

    [Fact]
    public async Task A_page_whose_origin_is_dead_gives_the_default_page_of_that_DP_19_7()
    {
        await using var edge = await StartAsync(Page(404, "/404.html", 200));
        edge.Origin.On("/404.html").Raw("no http\r\n\r\n", ScriptedEnding.CloseSilently);
        var answer = await edge.GetAsync("/missing");
        Assert.Equal(502, answer.Status);
        Assert.Contains("<H1>502 ERROR</H1>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_page_asked_for_itself_is_not_looked_for_twice()
    {
        await using var edge = await StartAsync(Page(404, "/404.html", 200));
        Assert.Equal(404, (await edge.GetAsync("/404.html")).Status);
        Assert.Equal(1, edge.Origin.Requests("/404.html"));
    }

    [Fact]
    public async Task The_viewers_conditions_and_ranges_are_not_the_pages_DP_19_5()
    {
        await using var edge = await StartAsync(Page(404, "/404.html", 200));
        edge.Origin.On("/404.html").Reply(200, "0123456789", ("ETag", "\"p\""), ("Last-Modified", "Fri, 07 Aug 2026 10:00:00 GMT"));
        foreach (var header in new[] { ("Range", "bytes=2-4"), ("If-None-Match", "\"p\""), ("If-Modified-Since", "Fri, 07 Aug 2026 10:00:00 GMT"), ("If-Match", "\"other\"") })
        {
            var answer = await edge.GetAsync("/missing", header);
            Assert.Equal((200, "0123456789"), (answer.Status, answer.Body));
        }

        var asked = edge.Origin.Log.Single(static request => request.Path == "/404.html");
        Assert.Equal(("GET", null, null), (asked.Method, asked.Header("Range"), asked.Header("If-None-Match")));
    }

    [Fact]
    public async Task A_head_gets_the_pages_header_without_its_body_DP_19_12()
    {
        await using var edge = await StartAsync(Page(404, "/404.html", 404));
        edge.Origin.On("/404.html").Reply(200, "sorry", ("Content-Type", "text/html"));
        var answer = await edge.SendAsync(HttpMethod.Head, "/missing");
        Assert.Equal((404, "", "5", "text/html"), (answer.Status, answer.Body, answer.Header("Content-Length"), answer.Header("Content-Type")));
        Assert.Equal("GET", edge.Origin.Last("/404.html").Method);
    }

    [Fact]
    public async Task A_post_that_fails_gets_the_page_and_is_never_kept_DP_19_12()
    {
        await using var edge = await StartAsync(
            static distribution => distribution with { DefaultBehavior = distribution.DefaultBehavior with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"] } },
            Page(500, "/500.html", 500));
        edge.Origin.On("/submit").Reply(500, "bare");
        edge.Origin.On("/500.html").Reply(200, "sorry");
        for (var round = 1; round <= 2; round++)
        {
            var answer = await edge.SendAsync(HttpMethod.Post, "/submit", new StringContent("data"));
            Assert.Equal((500, "sorry"), (answer.Status, answer.Body));
            Assert.Equal(round, edge.Origin.Requests("/submit"));
        }

        var asked = edge.Origin.Last("/500.html");
        Assert.Equal(("GET", "", null), (asked.Method, asked.BodyText, asked.Header("Content-Type")));
    }

    [Fact]
    public async Task A_range_that_cannot_be_satisfied_has_a_page_section_19()
    {
        await using var edge = await StartAsync(Page(416, "/416.html", 416));
        edge.Origin.On("/a").Reply(200, "0123456789");
        edge.Origin.On("/416.html").Reply(200, "too far");
        await edge.GetAsync("/a");
        var answer = await edge.GetAsync("/a", ("Range", "bytes=10-"));
        Assert.Equal((416, "too far", null), (answer.Status, answer.Body, answer.Header("Content-Range")));
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
    }

    [Fact]
    public async Task A_stale_object_comes_before_the_page_DP_18_2()
    {
        await using var edge = await StartAsync(Page(503, "/503.html", 503));
        edge.Origin.On("/a").Reply(200, "v1", ("Cache-Control", "max-age=60, stale-if-error=600"));
        edge.Origin.On("/503.html").Reply(200, "sorry");
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        edge.Origin.On("/a").Reply(503, "bare");
        Assert.Equal("v1", (await edge.GetAsync("/a")).Body);
        edge.Clock.Advance(TimeSpan.FromSeconds(700));
        Assert.Equal("sorry", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task The_record_shows_an_error_with_the_status_sent_DP_19_10()
    {
        await using var edge = await StartAsync(Page(404, "/404.html", 200));
        edge.Origin.On("/404.html").Reply(200, "sorry");
        var record = await edge.Records.OfAsync(await edge.GetAsync("/missing?q=1"));
        Assert.Equal((200, ResultType.Error, ResultType.Error, ErrorDetail.OriginError), (record.Status, record.Result, record.ResponseResult, record.Detail));
        Assert.Equal(("/missing", "q=1", "GET"), (record.Path, record.Query, record.Method)); // one request, one record, and it is the viewer's
    }

    [Fact]
    public async Task The_pages_origin_is_told_what_failed_where_its_policy_asks_section_10_3()
    {
        await using var edge = await StartAsync(
            static distribution => distribution with { DefaultBehavior = distribution.DefaultBehavior with { OriginRequestPolicyId = TestPolicies.FailedTarget } },
            Page(404, "/404.html", 404));
        edge.Origin.On("/404.html").Reply(200, "sorry");
        await edge.GetAsync("/missing?q=1", ("CloudFront-Error-Uri", "/forged"));
        Assert.Null(edge.Origin.Last("/missing").Header("CloudFront-Error-Uri"));
        var asked = edge.Origin.Last("/404.html");
        Assert.Equal(("/missing", "q=1", "/404.html"), (asked.Header("CloudFront-Error-Uri"), asked.Header("CloudFront-Error-Args"), asked.Target));
    }

    [Fact]
    public async Task A_page_of_a_behavior_that_caches_nothing_is_asked_for_each_time()
    {
        await using var edge = await StartAsync(
            static distribution => distribution with { Behaviors = [TestEdge.Behavior("/404.html") with { CachePolicyId = TestEdge.CachingDisabled }] },
            Page(404, "/404.html", 404));
        edge.Origin.On("/404.html").Reply(200, "sorry");
        Assert.Equal("sorry", (await edge.GetAsync("/missing")).Body);
        Assert.Equal("sorry", (await edge.GetAsync("/missing")).Body);
        Assert.Equal((1, 2), (edge.Origin.Requests("/missing"), edge.Origin.Requests("/404.html")));
    }

    [Fact]
    public async Task A_page_is_compressed_as_any_object_and_carries_the_policy_of_the_failed_path()
    {
        var text = new string('x', 4_000);
        await using var edge = await StartAsync(
            static distribution => distribution with { DefaultBehavior = distribution.DefaultBehavior with { Compress = true, ResponseHeadersPolicyId = TestPolicies.EveryHeader } },
            Page(404, "/404.html", 404));
        edge.Origin.On("/404.html").Reply(200, text, ("Content-Type", "text/html"));
        var answer = await edge.GetAsync("/missing", ("Accept-Encoding", "br"));
        Assert.Equal((404, "br", "nosniff"), (answer.Status, answer.Header("Content-Encoding"), answer.Header("X-Content-Type-Options")));
        Assert.True(answer.Bytes.Length < text.Length);
    }

    private static ErrorResponseConfig Page(int status, string path, int? sent) => new(status, 30) { PagePath = path, PageStatus = sent };

    private static Task<TestEdge> StartAsync(params ImmutableArray<ErrorResponseConfig> pages) => StartAsync(static distribution => distribution, pages);

    private static Task<TestEdge> StartAsync(Func<DistributionConfig, DistributionConfig> change, params ImmutableArray<ErrorResponseConfig> pages) =>
        TestEdge.StartAsync(distribution => change(distribution) with { ErrorResponses = pages });
}
