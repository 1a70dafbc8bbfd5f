// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Buckets.Tests.Websites;

public sealed class WebsiteTests
{
    private const string Host = "site.s3-website-us-east-1.frontier.localhost";

    private const string Index = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";

    [Fact]
    public async Task Index_documents_stand_for_directories_NB_1_21()
    {
        await using var host = await StartAsync(Index);
        (await host.PutAsync("/site/index.html", "home", ("Content-Type", "text/html"))).Expect(200);
        (await host.PutAsync("/site/dir/index.html", "dir")).Expect(200);
        (await host.PutAsync("/site/file", "file")).Expect(200);
        Assert.Equal("home", (await GetAsync(host, "/")).Expect(200).Text);
        Assert.Equal("dir", (await GetAsync(host, "/dir/")).Expect(200).Text);
        Assert.Equal("file", (await GetAsync(host, "/file")).Expect(200).Text);
        Assert.Equal("/dir/", (await GetAsync(host, "/dir")).Expect(302)["Location"]);
        Assert.Equal("home", (await host.SendUnsignedAsync("GET", "/", host: "site.s3-website.eu-west-1.amazonaws.com")).Expect(200).Text);
    }

    [Fact]
    public async Task Errors_are_pages_and_other_methods_are_one_NB_1_20()
    {
        await using var host = await StartAsync(Index);
        var missing = (await GetAsync(host, "/none<script>")).Expect(404);
        Assert.StartsWith("text/html", missing["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("NoSuchKey", missing.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", missing.Text, StringComparison.Ordinal);
        Assert.Empty((await host.SendUnsignedAsync("HEAD", "/none", host: Host)).Expect(404).Body);
        (await host.SendUnsignedAsync("PUT", "/key", "x"u8.ToArray(), host: Host)).Expect(405);
        Assert.Contains("NoSuchBucket", (await host.SendUnsignedAsync("GET", "/", host: "none.s3-website-us-east-1.frontier.localhost")).Expect(404).Text, StringComparison.Ordinal);
        (await host.SendAsync("PUT", "/plain")).Expect(200);
        Assert.Contains("NoSuchWebsiteConfiguration", (await host.SendUnsignedAsync("GET", "/", host: "plain.s3-website-us-east-1.frontier.localhost")).Expect(404).Text, StringComparison.Ordinal);
        (await host.SendUnsignedAsync("GET", "/", host: "s3-website-us-east-1.frontier.localhost")).Expect(301);
    }

    [Fact]
    public async Task Only_public_objects_are_shown_NB_1_20()
    {
        await using var host = await StartAsync(Index);
        (await host.PutAsync("/site/index.html", "home")).Expect(200);
        (await host.SendAsync("DELETE", "/site?policy")).Expect(204);
        Assert.Contains("AccessDenied", (await GetAsync(host, "/")).Expect(403).Text, StringComparison.Ordinal);
        Assert.Contains("AccessDenied", (await GetAsync(host, "/none")).Expect(403).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_document_keeps_the_status_NB_1_22()
    {
        await using var host = await StartAsync(Index + "<ErrorDocument><Key>oops.html</Key></ErrorDocument>");
        Assert.Contains("Custom Error Document", (await GetAsync(host, "/none")).Expect(404).Text, StringComparison.Ordinal);
        (await host.PutAsync("/site/oops.html", "sorry", ("Content-Type", "text/html"))).Expect(200);
        var answer = (await GetAsync(host, "/none")).Expect(404);
        Assert.Equal(("sorry", "text/html"), (answer.Text, answer["Content-Type"]));
    }

    [Fact]
    public async Task All_requests_may_be_redirected_NB_1_23()
    {
        await using var host = await StartAsync("<RedirectAllRequestsTo><HostName>example.com</HostName><Protocol>https</Protocol></RedirectAllRequestsTo>");
        Assert.Equal("https://example.com/a/b%20c", (await GetAsync(host, "/a/b%20c")).Expect(301)["Location"]);
        (await host.SendAsync("PUT", "/site?website", Encoding.UTF8.GetBytes($"<WebsiteConfiguration>{Index}<RedirectAllRequestsTo><HostName>x</HostName></RedirectAllRequestsTo></WebsiteConfiguration>"))).Expect(400, "InvalidRequest");
    }

    [Fact]
    public async Task Routing_rules_act_by_prefix_before_and_by_error_after_NB_1_24()
    {
        await using var host = await StartAsync(Index + """
            <RoutingRules>
            <RoutingRule><Condition><KeyPrefixEquals>old/</KeyPrefixEquals></Condition><Redirect><ReplaceKeyPrefixWith>new/</ReplaceKeyPrefixWith></Redirect></RoutingRule>
            <RoutingRule><Condition><KeyPrefixEquals>gone</KeyPrefixEquals></Condition><Redirect><HostName>h.example</HostName><Protocol>https</Protocol><HttpRedirectCode>307</HttpRedirectCode><ReplaceKeyWith>sorry.html</ReplaceKeyWith></Redirect></RoutingRule>
            <RoutingRule><Condition><KeyPrefixEquals>api/</KeyPrefixEquals><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition><Redirect><HostName>api.example</HostName></Redirect></RoutingRule>
            </RoutingRules>
            """);
        (await host.PutAsync("/site/api/there", "x")).Expect(200);
        Assert.Equal($"http://{Host}/new/page", (await GetAsync(host, "/old/page")).Expect(301)["Location"]);
        Assert.Equal("https://h.example/sorry.html", (await GetAsync(host, "/gone/x")).Expect(307)["Location"]);
        (await GetAsync(host, "/api/there")).Expect(200);
        Assert.Equal("http://api.example/api/none", (await GetAsync(host, "/api/none")).Expect(301)["Location"]);
        (await GetAsync(host, "/none")).Expect(404);
    }

    [Fact]
    public async Task An_object_may_redirect_but_only_on_the_website_NB_1_25()
    {
        await using var host = await StartAsync(Index);
        (await host.PutAsync("/site/moved", "body", ("x-amz-website-redirect-location", "https://example.com/x"))).Expect(200);
        Assert.Equal("https://example.com/x", (await GetAsync(host, "/moved")).Expect(301)["Location"]);
        Assert.Equal("body", (await host.SendAsync("GET", "/site/moved")).Expect(200).Text);
        (await host.PutAsync("/site/moved", "body", ("x-amz-website-redirect-location", "ftp://x"))).Expect(400, "InvalidRedirectLocation");
    }

    [Fact]
    public async Task Conditions_are_answered_with_304_NB_1_27()
    {
        await using var host = await StartAsync(Index);
        var tag = (await host.PutAsync("/site/index.html", "home")).Expect(200)["ETag"]!;
        (await host.SendUnsignedAsync("GET", "/", host: Host, headers: ("If-None-Match", tag))).Expect(304);
        (await host.SendUnsignedAsync("GET", "/", host: Host, headers: ("Range", "bytes=1-2"))).Expect(206);
    }

    [Fact]
    public async Task A_website_is_found_by_the_name_of_its_bucket_as_aliases_are_called_NB_5_3()
    {
        const string Name = "www.shop.example";
        await using var host = await StartAsync(Index, Name);
        (await host.PutAsync($"/{Name}/index.html", "home")).Expect(200);
        (await host.PutAsync($"/{Name}/dir/index.html", "dir")).Expect(200);

        Assert.Equal("home", (await host.SendUnsignedAsync("GET", "/", host: Name)).Expect(200).Text);
        Assert.Equal("dir", (await host.SendUnsignedAsync("GET", "/dir/", host: "WWW.shop.example:8402")).Expect(200).Text);
        (await host.SendUnsignedAsync("PUT", "/index.html", "x"u8.ToArray(), host: Name)).Expect(405);

        // Whoever signs means the API, by whatever name it is reached; so does everybody by the name of a bucket that is no website.
        Assert.Contains("<ListAllMyBucketsResult", (await host.SendAsync("GET", "/", host: Name)).Expect(200).Text, StringComparison.Ordinal);
        (await host.SendAsync("DELETE", $"/{Name}?website")).Expect(204);
        (await host.SendUnsignedAsync("GET", "/", host: Name)).Expect(403, "AccessDenied");
    }

    private static Task<Answer> GetAsync(BucketHost host, string target) => host.SendUnsignedAsync("GET", target, host: Host);

    private static async Task<BucketHost> StartAsync(string website, string bucket = "site")
    {
        var host = await BucketHost.StartAsync(bucket);
        (await host.SendAsync("PUT", $"/{bucket}?website", Encoding.UTF8.GetBytes($"<WebsiteConfiguration>{website}</WebsiteConfiguration>"))).Expect(200);
        (await host.SendAsync("PUT", $"/{bucket}?policy", Policies.PublicRead(bucket, "\"s3:GetObject\",\"s3:ListBucket\"", "*"))).Expect(204);
        return host;
    }
}
