// SPDX-License-Identifier: Apache-2.0

using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Serving;

/// <summary>HTTP/2 as clients speak it that others wrote (RFC 9113), each with a code base of its own.</summary>
public sealed class Http2ClientsTests
{
    /// <summary>A browser tells the page how it came.</summary>
    private const string Page = """<!doctype html><title>page</title><p id="how"></p><script>how.textContent = "came by " + performance.getEntriesByType("navigation")[0].nextHopProtocol</script>""";

    [Fact]
    public Task Curl_gets_a_page() => WithSiteAsync("curl", async (site, port, certificates) =>
    {
        var run = await RunAsync("curl", "--silent", "--http2", "--cacert", certificates, "--resolve", $"{site.Domain}:{port}:127.0.0.1", "--write-out", "%{http_version} %{http_code}", $"https://{site.Domain}:{port}/page.html");
        Assert.True(run.Output == Page + "2 200", run.Everything);
    });

    [Fact]
    public Task Nghttp_gets_a_page_several_times_on_one_connection() => WithSiteAsync("nghttp", async (site, port, _) =>
    {
        var run = await RunAsync("nghttp", "--multiply=20", "--no-dep", "--header", $":authority: {site.Domain}", $"https://localhost:{port}/page.html");
        Assert.True(run.Output == string.Concat(Enumerable.Repeat(Page, 20)), run.Everything);
    });

    [Fact]
    public Task H2load_gets_a_thousand_pages_through_streams_side_by_side() => WithSiteAsync("h2load", async (site, port, _) =>
    {
        var run = await RunAsync("h2load", "-n", "1000", "-c", "4", "-m", "25", $"--connect-to=127.0.0.1:{port}", $"https://{site.Domain}:{port}/page.html");
        Assert.True(run.Output.Contains("1000 succeeded, 0 failed, 0 errored, 0 timeout", StringComparison.Ordinal), run.Everything);
        Assert.True(run.Output.Contains("Application protocol: h2\n", StringComparison.Ordinal), run.Everything);
    });

    [Fact]
    public Task Chromium_shows_a_page() => WithSiteAsync("chromium", async (site, port, _) =>
    {
        using var profile = new TemporaryDirectory();
        var run = await RunAsync(
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={profile.Path}", "--host-resolver-rules=MAP * 127.0.0.1", "--ignore-certificate-errors",
            "--dump-dom", $"https://{site.Domain}:{port}/page.html");
        Assert.True(run.Output.Contains("came by h2", StringComparison.Ordinal), run.Everything);
    });

    private static Task<CommandResult> RunAsync(string program, params IReadOnlyList<string> arguments) => Command.RunAsync(program, arguments, FrontierProcess.Patience);

    private static async Task WithSiteAsync(string program, Func<Site, int, string, Task> useAsync)
    {
        Assert.SkipUnless(Command.Exists(program), $"{program} is not installed.");
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path);
        using var client = Client.Of(frontier);
        var site = await client.MakeBucketSiteAsync("pages");
        (await client.PutAsync("pages", "page.html", System.Text.Encoding.UTF8.GetBytes(Page), "text/html")).Expect(200);
        await useAsync(site, new Uri(frontier.Addresses.GetProperty("https").GetString()!).Port, data["edge/certificates/ca.pem"]);
        Assert.Equal(0, await frontier.InterruptAsync());
    }
}
