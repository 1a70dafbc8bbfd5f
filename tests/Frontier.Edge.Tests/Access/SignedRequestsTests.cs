// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using Frontier.Contracts;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Access;

/// <summary>§24 at the edge: signed URLs and cookies, from the viewer to the origin.</summary>
public sealed class SignedRequestsTests
{
    private const string MissingKey = """<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>""";

    [Fact]
    public async Task Without_a_signature_there_is_an_error_of_its_own_form_and_nobody_asks_the_origin()
    {
        await using var edge = await SignedEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "secret");

        var answer = await edge.GetAsync("/a");

        Assert.Equal((403, "text/xml", MissingKey), (answer.Status, answer.Header("Content-Type"), answer.Body));
        Assert.Equal(("CloudFront", "Error from cloudfront"), (answer.Header("Server"), answer.Cache));
        Assert.NotNull(answer.Header("X-Amz-Cf-Id"));
        var record = await edge.Records.OfAsync(answer);
        Assert.Equal((ResultType.Error, ErrorDetail.Error), (record.Result, record.Detail));
        Assert.Empty((await edge.SendAsync(HttpMethod.Head, "/a")).Body);
        Assert.Empty(edge.Origin.Log);
    }

    [Fact]
    public async Task All_signatures_for_an_object_share_it_and_the_origin_sees_none_DP_6_8_DP_24_13()
    {
        await using var edge = await SignedEdge.StartAsync(static behavior => behavior with { CachePolicyId = TestPolicies.CookiesInKey, OriginRequestPolicyId = TestPolicies.AllViewer });
        edge.Origin.On("/a").Reply(200, "film");

        Assert.Equal((200, "Miss from cloudfront"), Told(await edge.GetAsync(edge.Sign("/a?v=1"))));
        edge.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync(edge.Sign("/a?v=1"))));
        var custom = SignedEdge.Signer.Custom(SignedEdge.Root + "/a?v=1", SignedEdge.Policy(edge, "*"))[SignedEdge.Root.Length..];
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync(custom)));
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync("/a?v=1", ("Cookie", SignedEdge.Signer.CustomCookies(SignedEdge.Policy(edge, "*"))))));
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync("/a?v=1", ("Cookie", SignedEdge.Signer.CannedCookies(SignedEdge.Root + "/a?v=1", edge.End)))));
        Assert.Equal((200, "Miss from cloudfront"), Told(await edge.GetAsync(edge.Sign("/a?v=2"))));

        Assert.Equal(["/a?v=1", "/a?v=2"], edge.Origin.Log.Select(static request => request.Target));
        Assert.All(edge.Origin.Log, static request => Assert.DoesNotContain("Signature", request.RawText, StringComparison.Ordinal));
    }

    /// <summary>DP-24.14, but for the cookies that sign: they are each viewer's own, and open the door to whoever sees them.</summary>
    [Fact]
    public async Task Of_the_cookies_those_that_sign_go_into_no_key_and_to_no_origin_DP_24_14()
    {
        await using var edge = await SignedEdge.StartAsync(
            static behavior => behavior with { CachePolicyId = TestPolicies.CookiesInKey },
            static distribution => distribution with { Behaviors = [TestEdge.Behavior("/open/*") with { CachePolicyId = TestPolicies.CookiesInKey }] });
        edge.Origin.On("/a").Reply(200, "film");
        edge.Origin.On("/open/a").Reply(200, "trailer");
        var cookies = SignedEdge.Signer.CustomCookies(SignedEdge.Policy(edge, SignedEdge.Root + "/*"));

        Assert.Equal((200, "Miss from cloudfront"), Told(await edge.GetAsync("/a", ("Cookie", "s=1; " + cookies))));
        Assert.Equal("s=1", edge.Origin.Last("/a").Header("Cookie"));
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync("/a", ("Cookie", cookies + "; s=1"))));
        Assert.Equal((200, "Miss from cloudfront"), Told(await edge.GetAsync("/a", ("Cookie", cookies + "; s=2"))));
        Assert.Equal((200, "Miss from cloudfront"), Told(await edge.GetAsync("/open/a", ("Cookie", cookies))));
        Assert.Null(edge.Origin.Last("/open/a").Header("Cookie"));
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync("/open/a")));
    }

    [Fact]
    public async Task A_remembered_signature_ends_at_its_second_and_at_once_when_its_key_is_taken_out_DP_24_3_DP_24_5()
    {
        await using var edge = await SignedEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "film", ("Cache-Control", "max-age=86400"));
        var (soon, later) = (SignedEdge.Signer.Canned(SignedEdge.Root + "/a", edge.Clock.GetUtcNow().AddMinutes(1))[SignedEdge.Root.Length..], edge.Sign("/a"));
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync(later)).Cache == "Hit from cloudfront");
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync(soon)));

        edge.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("<Code>AccessDenied</Code>", (await edge.GetAsync(soon)).Body, StringComparison.Ordinal);
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync(later)));

        await edge.RequireAsync(static behavior => behavior with { Signers = new SignersConfig([TestSigner.Rsa.Id]) });
        Assert.Contains("<Code>InvalidKey</Code>", (await edge.GetAsync(later)).Body, StringComparison.Ordinal);
        await edge.RequireAsync(static behavior => behavior with { Signers = new SignersConfig([]) });
        Assert.Contains("<Code>InvalidKey</Code>", (await edge.GetAsync(later)).Body, StringComparison.Ordinal);
        await edge.RequireAsync();
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync(later)));
    }

    [Fact]
    public async Task A_refusal_belongs_to_its_request_alone()
    {
        await using var edge = await SignedEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "film", ("Cache-Control", "max-age=86400"));
        using var viewer = await edge.ConnectAsync();
        foreach (var (target, status) in new[] { (edge.Sign("/a"), 200), ("/a", 403), (edge.Sign("/a"), 200), ("/a?Key-Pair-Id=K", 403), (edge.Sign("/a"), 200) })
        {
            await viewer.GetAsync(target);
            var head = await viewer.ReadHeadAsync();
            Assert.StartsWith($"HTTP/1.1 {status}", head, StringComparison.Ordinal);
            var length = head.Split("\r\n").Single(static line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))["Content-Length: ".Length..];
            await viewer.ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task Redirects_and_error_pages_need_no_signature_and_a_redirect_keeps_it_DP_24_18()
    {
        await using var edge = await SignedEdge.StartAsync(
            static behavior => behavior with { ViewerProtocol = ViewerProtocol.RedirectToHttps },
            static distribution => distribution with { ErrorResponses = [new ErrorResponseConfig(403, 10) { PagePath = "/sorry.html" }] });
        edge.Origin.On("/sorry.html").Reply(200, "subscribe first");
        var signed = SignedEdge.Signer.Canned($"https://{TestEdge.Host}/a?v=1", edge.End);
        edge.Origin.On("/a").Reply(200, "film");

        var moved = await edge.GetAsync(signed[$"https://{TestEdge.Host}".Length..]);
        Assert.Equal((301, $"https://{TestEdge.Host}:{edge.Server.Https.Port}{signed[$"https://{TestEdge.Host}".Length..]}"), (moved.Status, moved.Header("Location")));

        Assert.Equal((200, "film"), await GetHttpsAsync(edge, signed[$"https://{TestEdge.Host}".Length..]));
        Assert.Equal((403, "subscribe first"), await GetHttpsAsync(edge, "/a"));
        Assert.All(edge.Origin.Log, static request => Assert.DoesNotContain("Signature", request.RawText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_method_needs_a_signature_preflights_among_them()
    {
        await using var edge = await SignedEdge.StartAsync(static behavior => behavior with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"] });
        edge.Origin.On("/a").Reply(200, "done");
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Put, HttpMethod.Post, HttpMethod.Patch, HttpMethod.Delete })
        {
            Assert.Equal(403, (await edge.SendAsync(method, "/a")).Status);
            Assert.Equal(200, (await edge.SendAsync(method, edge.Sign("/a"))).Status);
        }
    }

    [Fact]
    public async Task Only_the_behavior_that_matches_asks_for_a_signature_DP_24_18()
    {
        await using var edge = await SignedEdge.StartAsync(distribution: static distribution => distribution with { Behaviors = [TestEdge.Behavior("/open/*") with { OriginRequestPolicyId = TestPolicies.AllViewer }] });
        edge.Origin.On("/open/a").Reply(200, "trailer");
        Assert.Equal(200, (await edge.GetAsync("/open/a?Expires=soon&Signature=mine")).Status);
        Assert.Equal("/open/a?Expires=soon&Signature=mine", edge.Origin.Last("/open/a").Target); // no more than names, where nothing is signed
        Assert.Equal(403, (await edge.GetAsync("/open")).Status);
    }

    [Fact]
    public async Task The_default_root_object_is_signed_as_the_slash_that_is_asked_for_DP_24_15()
    {
        await using var edge = await SignedEdge.StartAsync(distribution: static distribution => distribution with { DefaultRootObject = "index.html" });
        edge.Origin.On("/index.html").Reply(200, "home");
        Assert.Equal((200, "Miss from cloudfront"), Told(await edge.GetAsync(edge.Sign("/"))));
        Assert.Equal((200, "Hit from cloudfront"), Told(await edge.GetAsync(edge.Sign("/"))));
        Assert.Equal(403, (await edge.GetAsync(edge.Sign("/").Replace("/?", "/index.html?", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task A_staging_distribution_asks_for_its_own_signatures()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Signers = [SignedEdge.Signer];
        var staging = edge.Distribution() with { Id = "ESTAGING000000", DomainName = "dstaging000000.frontier.localhost", Staging = true, DefaultBehavior = TestEdge.Behavior("*") with { Signers = new SignersConfig([SignedEdge.Signer.Id]) } };
        edge.Publish(
            edge.Distribution() with { ContinuousDeployment = new ContinuousDeploymentConfig { PolicyId = "p", StagingDistributionId = staging.Id, HeaderName = "aws-cf-cd-try", HeaderValue = "yes" } },
            staging);
        await edge.DeployedAsync();
        edge.Origin.On("/a").Reply(200, "film");

        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
        Assert.Equal(403, (await edge.GetAsync("/a", ("aws-cf-cd-try", "yes"))).Status);
        Assert.Equal(200, (await edge.GetAsync(edge.Sign("/a"), ("aws-cf-cd-try", "yes"))).Status);
        Assert.All(edge.Origin.Log, static request => Assert.Equal("/a", request.Target));
    }

    [Fact]
    public async Task The_second_origin_of_a_group_sees_no_signature_either()
    {
        await using var second = ScriptedOrigin.Start();
        await using var edge = await TestEdge.StartAsync();
        await edge.RequireAsync(
            static behavior => behavior with { TargetOriginId = "group", OriginRequestPolicyId = TestPolicies.AllViewer },
            distribution => distribution with
            {
                Origins = [edge.OriginConfig(), edge.OriginConfig() with { Id = "second", HttpPort = second.Port }],
                OriginGroups = [new OriginGroupConfig { Id = "group", PrimaryOriginId = "origin", SecondaryOriginId = "second", FailoverStatuses = [500] }],
            });
        edge.Origin.On("/a").Reply(500, "down");
        second.On("/a").Reply(200, "film");

        Assert.Equal((200, "Miss from cloudfront"), Told(await edge.GetAsync(edge.Sign("/a?v=1"))));
        Assert.Equal(("/a?v=1", "/a?v=1"), (edge.Origin.Last("/a").Target, second.Last("/a").Target));
    }

    [Fact]
    public async Task An_explanation_says_which_check_decided()
    {
        await using var edge = await SignedEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "film");
        var (good, bad) = (edge.Sign("/a"), edge.Sign("/b"));
        Assert.Equal((true, "Signed"), Access(await Explaining.Asking.ExplainAsync(edge, good)));
        Assert.Equal((false, "MissingKey"), Access(await Explaining.Asking.ExplainAsync(edge, "/a")));
        Assert.Equal((false, "WrongSignature"), Access(await Explaining.Asking.ExplainAsync(edge, bad.Replace("/b", "/a", StringComparison.Ordinal))));
        edge.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((false, "Expired"), Access(await Explaining.Asking.ExplainAsync(edge, good)));

        static (bool, string) Access(Decisions.Explaining.Explanation explanation) => (explanation.Access.Allowed, explanation.Access.Verdict);
    }

    private static (int Status, string? Cache) Told(ViewerAnswer answer) => (answer.Status, answer.Cache);

    private static async Task<(int Status, string Body)> GetHttpsAsync(TestEdge edge, string target)
    {
        var url = new Uri($"https://{edge.Server.Https}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Host = TestEdge.Host }, Version = HttpVersion.Version20 };
        using var response = await edge.Viewer.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
