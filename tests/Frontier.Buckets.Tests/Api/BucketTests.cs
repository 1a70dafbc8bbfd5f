// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Buckets.Tests.Api;

public sealed class BucketTests
{
    [Fact]
    public async Task Buckets_are_made_listed_found_and_deleted()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.SendAsync("PUT", "/far", "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"u8.ToArray())).Expect(200);
        Assert.Equal(["bucket", "far"], (await host.SendAsync("GET", "/")).Expect(200).All("Name"));
        Assert.Equal("eu-west-1", (await host.SendAsync("GET", "/far?location")).Expect(200).Xml.Value);
        Assert.Equal("", (await host.SendAsync("GET", "/bucket?location")).Expect(200).Xml.Value);
        Assert.Equal("eu-west-1", (await host.SendAsync("HEAD", "/far")).Expect(200)["x-amz-bucket-region"]);
        Assert.Empty((await host.SendAsync("GET", "/far?versioning")).Expect(200).Xml.Elements());
        (await host.SendAsync("PUT", "/bucket")).Expect(409, "BucketAlreadyOwnedByYou");

        (await host.PutAsync("/far/key", "x")).Expect(200);
        (await host.SendAsync("DELETE", "/far")).Expect(409, "BucketNotEmpty");
        (await host.SendAsync("DELETE", "/far/key")).Expect(204);
        (await host.SendAsync("DELETE", "/far")).Expect(204);
        (await host.SendAsync("GET", "/far")).Expect(404, "NoSuchBucket");
        Assert.Empty((await host.SendAsync("HEAD", "/far")).Expect(404).Body);
        await host.RestartAsync();
        Assert.Equal(["bucket"], (await host.SendAsync("GET", "/")).Expect(200).All("Name"));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("192.168.0.1")]
    [InlineData("a..b")]
    [InlineData("..")]
    [InlineData(".hidden")]
    public async Task A_name_that_is_none_is_refused_NB_1_1(string name)
    {
        await using var host = await BucketHost.StartAsync();
        (await host.SendAsync("PUT", "/" + name)).Expect(400, "InvalidBucketName");
    }

    [Theory]
    [InlineData("bucket.s3.frontier.localhost")]
    [InlineData("bucket.s3.frontier.localhost:8402")]
    [InlineData("BUCKET.s3.eu-west-1.amazonaws.com")]
    [InlineData("bucket.s3.amazonaws.com")]
    [InlineData("bucket.s3-eu-west-1.amazonaws.com")]
    public async Task A_bucket_is_also_a_host_NB_1_1(string name)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.SendAsync("PUT", "/dir/key", "x"u8.ToArray(), host: name)).Expect(200);
        Assert.Equal("x", (await host.SendAsync("GET", "/bucket/dir/key")).Expect(200).Text);
        Assert.Equal("dir/key", (await host.SendAsync("GET", "/", host: name)).Expect(200).One("Key"));
    }

    [Theory]
    [InlineData("s3.frontier.localhost")]
    [InlineData("s3.us-east-1.amazonaws.com")]
    public async Task The_service_host_takes_path_style(string name)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        Assert.Equal("bucket", (await host.SendAsync("GET", "/", host: name)).Expect(200).One("Name"));
        (await host.SendAsync("PUT", "/bucket/key", "x"u8.ToArray(), host: name)).Expect(200);
    }

    [Fact]
    public async Task Settings_are_checked_kept_returned_and_removed()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (string Resource, string Document, int Put, string Absent)[] settings =
        [
            ("policy", Encoding.UTF8.GetString(Policies.PublicRead("bucket")), 204, "NoSuchBucketPolicy"),
            ("cors", "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>", 200, "NoSuchCORSConfiguration"),
            ("website", "<WebsiteConfiguration><IndexDocument><Suffix>i.html</Suffix></IndexDocument></WebsiteConfiguration>", 200, "NoSuchWebsiteConfiguration"),
            ("tagging", "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>", 204, "NoSuchTagSet"),
            ("publicAccessBlock", "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>", 200, "NoSuchPublicAccessBlockConfiguration"),
            ("ownershipControls", "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>", 200, "OwnershipControlsNotFoundError"),
        ];
        foreach (var (resource, document, status, absent) in settings)
        {
            (await host.SendAsync("GET", "/bucket?" + resource)).Expect(404, absent);
            (await host.SendAsync("PUT", "/bucket?" + resource, "nonsense"u8.ToArray())).Expect(400, resource == "policy" ? "MalformedPolicy" : "MalformedXML");
            (await host.SendAsync("PUT", "/bucket?" + resource, Encoding.UTF8.GetBytes(document))).Expect(status);
        }

        await host.RestartAsync();
        foreach (var (resource, document, _, absent) in settings)
        {
            Assert.Equal(document, (await host.SendAsync("GET", "/bucket?" + resource)).Expect(200).Text);
            (await host.SendAsync("DELETE", "/bucket?" + resource)).Expect(204);
            (await host.SendAsync("GET", "/bucket?" + resource)).Expect(404, absent);
        }
    }

    [Fact]
    public async Task Access_lists_say_that_the_owner_has_all_and_admit_no_other()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x")).Expect(200);
        Assert.Equal("FULL_CONTROL", (await host.SendAsync("GET", "/bucket?acl")).Expect(200).One("Permission"));
        Assert.Equal("FULL_CONTROL", (await host.SendAsync("GET", "/bucket/key?acl")).Expect(200).One("Permission"));
        (await host.SendAsync("PUT", "/bucket?acl", headers: ("x-amz-acl", "private"))).Expect(200);
        (await host.SendAsync("PUT", "/bucket?acl", headers: ("x-amz-acl", "public-read"))).Expect(400, "AccessControlListNotSupported");
        (await host.PutAsync("/bucket/key", "x", ("x-amz-acl", "public-read"))).Expect(400, "AccessControlListNotSupported");
    }

    [Theory]
    [InlineData("GET", "/bucket?versions", "versions")]
    [InlineData("PUT", "/bucket?lifecycle", "lifecycle")]
    [InlineData("GET", "/bucket/key?attributes", "attributes")]
    [InlineData("PUT", "/bucket/key?retention", "retention")]
    [InlineData("PUT", "/bucket?versioning", "versioning")]
    public async Task What_is_not_there_says_so_by_name_and_changes_nothing(string method, string target, string named)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "kept")).Expect(200);
        Assert.Contains(named, (await host.SendAsync(method, target, "x"u8.ToArray())).Expect(501, "NotImplemented").Text, StringComparison.Ordinal);
        Assert.Equal("kept", (await host.SendAsync("GET", "/bucket/key")).Text);
    }

    [Fact]
    public async Task A_page_of_another_origin_may_ask_what_the_rules_allow()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.SendUnsignedAsync("OPTIONS", "/bucket/key", headers: [("Origin", "https://a.example"), ("Access-Control-Request-Method", "GET")])).Expect(403, "AccessForbidden");
        (await host.SendAsync("PUT", "/bucket?cors", """
            <CORSConfiguration><CORSRule><AllowedOrigin>https://*.example</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>
            <AllowedHeader>x-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>300</MaxAgeSeconds></CORSRule></CORSConfiguration>
            """u8.ToArray())).Expect(200);
        var preflight = (await host.SendUnsignedAsync("OPTIONS", "/bucket/key", headers: [("Origin", "https://a.example"), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "X-One, x-two")])).Expect(200);
        Assert.Equal(("https://a.example", "GET, PUT", "x-one, x-two", "ETag", "300"),
            (preflight["Access-Control-Allow-Origin"], preflight["Access-Control-Allow-Methods"], preflight["Access-Control-Allow-Headers"], preflight["Access-Control-Expose-Headers"], preflight["Access-Control-Max-Age"]));
        Assert.Equal("Origin, Access-Control-Request-Headers, Access-Control-Request-Method", preflight["Vary"]);
        (await host.SendUnsignedAsync("OPTIONS", "/bucket/key", headers: [("Origin", "https://a.example"), ("Access-Control-Request-Method", "DELETE")])).Expect(403, "AccessForbidden");
        (await host.SendUnsignedAsync("OPTIONS", "/bucket/key", headers: [("Origin", "https://a.test"), ("Access-Control-Request-Method", "GET")])).Expect(403, "AccessForbidden");

        (await host.PutAsync("/bucket/key", "x")).Expect(200);
        Assert.Equal("https://a.example", (await host.SendAsync("GET", "/bucket/key", headers: ("Origin", "https://a.example")))["Access-Control-Allow-Origin"]);
        Assert.Null((await host.SendAsync("GET", "/bucket/key"))["Access-Control-Allow-Origin"]);
    }
}
