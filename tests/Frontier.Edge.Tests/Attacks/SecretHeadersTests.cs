// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Contracts;
using Frontier.Edge.Tests.Explaining;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Attacks;

/// <summary>A custom header by which an origin knows the edge is a secret between the two: nobody else reads it, sets it, or takes it away.</summary>
public sealed class SecretHeadersTests
{
    private const string Name = "X-Origin-Verify";
    private const string Secret = "a-secret-between-two";

    [Theory]
    [InlineData("X-Origin-Verify", "mine")]
    [InlineData("x-ORIGIN-verify", "mine")]
    [InlineData("Connection", "X-Origin-Verify")]
    [InlineData("Connection", "close, x-origin-verify")]
    [InlineData("X-Origin-Verify", "")]
    public async Task A_viewer_cannot_set_it_or_take_it_away(string name, string value)
    {
        await using var edge = await StartAsync();
        edge.Origin.On("*").Reply(200, "hello");
        Assert.Equal(200, (await edge.GetAsync("/a", (name, value))).Status);
        using var body = new StringContent("posted");
        Assert.Equal(200, (await edge.SendAsync(HttpMethod.Post, "/b", body, (name, value), (Name, "twice"))).Status);
        Assert.All(edge.Origin.Log, static request => Assert.Equal(Secret, request.Header(Name)));
        Assert.Equal(2, edge.Origin.Log.Count);
    }

    [Fact]
    public async Task No_answer_of_any_kind_shows_it()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Vary", Name), ("Cache-Control", "max-age=60"));
        edge.Origin.On("/moved").Reply(302, "", ("Location", "/elsewhere"));
        edge.Origin.On("/broken").Raw("rubbish\r\n\r\n", ScriptedEnding.CloseSilently);
        edge.Origin.On("/early").Reply(ScriptedReply.Of(200, "late") with { Preamble = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"u8.ToArray() });
        edge.Origin.On("/missing").Reply(404, "none");
        edge.Origin.On("/pages/missing.html").Reply(200, "a page");
        foreach (var request in new[]
        {
            "GET /a", "GET /a", "HEAD /a", "GET /moved", "GET /broken", "GET /early", "GET /missing", "TRACE /a", "CONNECT /a", "PROPFIND /a", "OPTIONS /a", "GET /a HTTP/9.9\r\nX:",
        })
        {
            var head = request.Contains("HTTP/", StringComparison.Ordinal) ? request : request + " HTTP/1.1";
            var answer = await edge.SendRawAsync($"{head}\r\nHost: {TestEdge.Host}\r\nMax-Forwards: 0\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 ", answer, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, answer, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Name + ":", answer, StringComparison.OrdinalIgnoreCase);
        }

        Assert.All(edge.Origin.Log, static request => Assert.Equal(Secret, request.Header(Name)));
        Assert.DoesNotContain(edge.Origin.Log, static request => request.Method == "TRACE"); // which an origin would reflect
        Assert.True(edge.Origin.Requests("/pages/missing.html") > 0);
    }

    [Fact]
    public async Task An_explanation_names_it_and_keeps_its_value()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        foreach (var explained in new[] { await edge.ExplainAsync("/a"), await edge.ExplainAsync("/a", ";live"), await edge.ExplainAsync("/a", "", (Name, "mine")) })
        {
            Assert.Equal(("…", "Origin"), explained.Origin!.Fields.Where(static field => field.Name == Name).Select(static field => (field.Value, field.Source)).Single());
            Assert.DoesNotContain(Secret, System.Text.Json.JsonSerializer.Serialize(explained, Decisions.Explaining.ExplanationJson.Default.Explanation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_file_of_the_edge_holds_it_but_the_snapshot_which_only_its_owner_reads()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a", (Name, "mine"));
        await edge.GetAsync("/a");
        await edge.GetAsync("/none");
        await edge.RestartAsync(); // writes what memory holds, and the end of the access log

        var files = Directory.EnumerateFiles(edge.Directory, "*", SearchOption.AllDirectories)
            .Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(static file => (Name: file, Text: File.ReadAllText(file, Encoding.Latin1))).ToList();
        Assert.Contains(files, static file => file.Text.Contains("\tGET\t", StringComparison.Ordinal)); // the access log is among them
        Assert.All(files.Where(static file => file.Text.Contains(Secret, StringComparison.Ordinal)), static file =>
        {
            Assert.StartsWith("snapshot.json", Path.GetFileName(file.Name), StringComparison.Ordinal);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Name));
        });
    }

    [Fact]
    public async Task It_goes_to_its_own_origin_and_not_to_the_other_of_the_group_nor_along_a_redirect()
    {
        await using var other = ScriptedOrigin.Start();
        await using var edge = await StartAsync();
        edge.Configure(distribution => distribution with
        {
            Origins =
            [
                distribution.Origins[0] with { CustomHeaders = [new HeaderConfig(Name, Secret)] },
                distribution.Origins[0] with { Id = "second", DomainName = "localhost", HttpPort = other.Port },
            ],
            OriginGroups = [new OriginGroupConfig { Id = "group", PrimaryOriginId = "origin", SecondaryOriginId = "second", FailoverStatuses = [500] }],
            DefaultBehavior = TestEdge.Behavior("*") with { TargetOriginId = "group" },
        });
        await edge.DeployedAsync();
        edge.Origin.On("/a").Reply(500);
        edge.Origin.On("/r").Reply(302, "", ("Location", $"http://localhost:{other.Port}/r"));
        other.On("/a").Reply(200, "second");
        Assert.Equal("second", (await edge.GetAsync("/a")).Body);
        Assert.Equal((int)HttpStatusCode.Found, (await edge.GetAsync("/r")).Status);
        Assert.Equal(Secret, edge.Origin.Last("/a").Header(Name));
        Assert.Null(other.Last("/a").Header(Name));
        Assert.Equal(0, other.Requests("/r"));
    }

    [Fact]
    public async Task One_that_would_hide_a_loop_is_not_sent_RFC_8586_section_2()
    {
        await using var edge = await StartAsync(new HeaderConfig("cdn-loop", "none"));
        edge.Origin.On("/a").Reply(200, "hello");
        await edge.GetAsync("/a", ("CDN-Loop", "CloudFront"));
        Assert.Equal("CloudFront, CloudFront", edge.Origin.Last("/a").Header("CDN-Loop"));
    }

    private static Task<TestEdge> StartAsync(HeaderConfig? more = null) => TestEdge.StartAsync(distribution => distribution with
    {
        Origins = [distribution.Origins[0] with { CustomHeaders = [new HeaderConfig(Name, Secret), .. more is null ? Array.Empty<HeaderConfig>() : [more]] }],
        DefaultBehavior = TestEdge.Behavior("*") with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"], OriginRequestPolicyId = TestPolicies.AllViewer },
        ErrorResponses = [new ErrorResponseConfig(404, 0) { PagePath = "/pages/missing.html", PageStatus = 404 }, new ErrorResponseConfig(502, 0)],
    });
}
