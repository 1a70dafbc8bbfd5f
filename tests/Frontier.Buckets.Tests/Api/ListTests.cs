// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Tests.Api;

public sealed class ListTests
{
    [Fact]
    public async Task Both_versions_page_with_prefix_and_delimiter()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        foreach (var key in new[] { "a.txt", "dir/1", "dir/2", "dir/sub/3", "e%20f", "z" })
        {
            (await host.PutAsync("/bucket/" + key, key)).Expect(200);
        }

        var first = (await host.SendAsync("GET", "/bucket?list-type=2&delimiter=%2F&max-keys=2")).Expect(200);
        Assert.Equal("a.txt", first.One("Key"));
        Assert.Contains("dir/", first.All("Prefix"));
        Assert.Equal(("2", "true", "2"), (first.One("KeyCount"), first.One("IsTruncated"), first.One("MaxKeys")));
        var token = Uri.EscapeDataString(first.One("NextContinuationToken"));
        var second = (await host.SendAsync("GET", $"/bucket?list-type=2&delimiter=%2F&max-keys=2&continuation-token={token}")).Expect(200);
        Assert.Equal(["e f", "z"], second.All("Key"));
        Assert.Equal("false", second.One("IsTruncated"));
        Assert.Empty(second.All("NextContinuationToken"));
        Assert.Empty(second.All("Owner"));

        var one = (await host.SendAsync("GET", "/bucket?delimiter=%2F&max-keys=2")).Expect(200);
        Assert.Equal("dir/", one.One("NextMarker"));
        Assert.Equal("owner", one.One("DisplayName"));
        var two = (await host.SendAsync("GET", "/bucket?delimiter=%2F&marker=dir%2F")).Expect(200);
        Assert.Equal(["e f", "z"], two.All("Key"));

        Assert.Equal(["dir/2"], (await host.SendAsync("GET", "/bucket?list-type=2&prefix=dir%2F&start-after=dir%2F1&delimiter=%2F")).Expect(200).All("Key"));
        Assert.Equal("6", (await host.SendAsync("GET", "/bucket?list-type=2&max-keys=5000&fetch-owner=true")).Expect(200).One("KeyCount"));
        (await host.SendAsync("GET", "/bucket?list-type=2&max-keys=many")).Expect(400, "InvalidArgument");
        (await host.SendAsync("GET", "/bucket?list-type=2&continuation-token=%21")).Expect(400, "InvalidArgument");
    }

    [Fact]
    public async Task A_page_of_no_entries_is_not_truncated()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/a", "x")).Expect(200);
        var page = (await host.SendAsync("GET", "/bucket?list-type=2&max-keys=0")).Expect(200);
        Assert.Equal(("0", "false"), (page.One("KeyCount"), page.One("IsTruncated")));
    }
}
