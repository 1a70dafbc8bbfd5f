// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;
using System.Xml.Linq;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.KeyValues;

/// <summary>edge-compute §4: the pairs of a key value store.</summary>
public sealed class KeyValueApiTests
{
    [Fact]
    public async Task Pairs_come_change_and_go_and_every_change_gives_another_ETag()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var empty = (await pairs.DescribeAsync()).Expect(200);
        Assert.Equal("application/json", empty.ContentType);
        Assert.Equal(["ItemCount", "TotalSizeInBytes", "KvsARN", "Created", "LastModified", "Status"], empty.Json().EnumerateObject().Select(member => member.Name));
        Assert.Equal((pairs.Arn, "READY"), (empty.Json().GetProperty("KvsARN").GetString(), empty.Json().GetProperty("Status").GetString()));
        Assert.Equal(control.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, empty.Json().GetProperty("Created").GetDouble());

        control.Clock.Advance(TimeSpan.FromSeconds(5));
        var put = (await pairs.PutAsync("a/ü?", "first", empty.ETag)).Expect(200);
        Assert.Equal((1, 5 + 5), Sizes(put));
        var replaced = (await pairs.PutAsync("a/ü?", "", put.ETag)).Expect(200);
        Assert.Equal((1, 5), Sizes(replaced));
        await control.RestartAsync();
        var got = (await pairs.GetAsync("a/ü?")).Expect(200);
        Assert.Equal(("a/ü?", ""), (got.Json().GetProperty("Key").GetString(), got.Json().GetProperty("Value").GetString()));
        Assert.Equal((1, 5), Sizes(got));
        var changed = (await pairs.DescribeAsync()).Expect(200);
        Assert.Equal((replaced.ETag, 5.0), (changed.ETag, changed.Json().GetProperty("LastModified").GetDouble() - changed.Json().GetProperty("Created").GetDouble()));

        var deleted = (await pairs.DeleteAsync("a/ü?", replaced.ETag)).Expect(200);
        Assert.Equal((0, 0), Sizes(deleted));
        (await pairs.GetAsync("a/ü?")).ExpectException(404, "ResourceNotFoundException");
        Assert.Equal(4, new[] { empty.ETag, put.ETag, replaced.ETag, deleted.ETag }.Distinct().Count());
        Assert.All(new[] { empty.ETag, put.ETag }, etag => Assert.Matches("^KV[A-Z0-9]{13}$", etag));
    }

    /// <summary>API-3.10: two ETags, and neither opens what the other does.</summary>
    [Fact]
    public async Task The_ETags_of_pairs_and_store_are_two()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var store = (await control.CallAsync("GET", "key-value-store/one")).ETag;
        var data = await pairs.ETagAsync();

        (await pairs.PutAsync("a", "1", store)).ExpectException(400, "ValidationException", "If-Match");
        (await control.CallAsync("DELETE", "key-value-store/one", (XElement?)null, data)).ExpectError(412, "PreconditionFailed");
        (await pairs.PutAsync("a", "1", data)).Expect(200);
        (await control.CallAsync("DELETE", "key-value-store/one", (XElement?)null, store)).Expect(204);
        (await pairs.DescribeAsync()).ExpectException(404, "ResourceNotFoundException");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("KV00000000000000")]
    public async Task A_change_without_the_current_ETag_changes_nothing(string? ifMatch)
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var put = await pairs.PutAsync("a", "1", await pairs.ETagAsync());

        (await pairs.PutAsync("a", "2", ifMatch)).ExpectException(400, "ValidationException", "If-Match");
        (await pairs.DeleteAsync("a", ifMatch)).ExpectException(400, "ValidationException", "If-Match");
        (await pairs.UpdateAsync("""{"Deletes":[{"Key":"a"}]}""", ifMatch)).ExpectException(400, "ValidationException", "If-Match");

        Assert.Equal(put.ETag, await pairs.ETagAsync());
        Assert.Equal("1", (await pairs.GetAsync("a")).Json().GetProperty("Value").GetString());
    }

    [Fact]
    public async Task Of_twenty_changes_with_one_ETag_exactly_one_wins()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var etag = await pairs.ETagAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => pairs.PutAsync($"k{i}", "v", etag)));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(19, answers.Count(answer => answer.Status == 400));
        Assert.Equal(1, (await pairs.DescribeAsync()).Json().GetProperty("ItemCount").GetInt32());
    }

    [Fact]
    public async Task An_update_puts_and_deletes_at_once()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var put = await pairs.PutAsync("old", "1", await pairs.ETagAsync());

        var updated = (await pairs.UpdateAsync("""{"Puts":[{"Key":"a","Value":"1"},{"Key":"b","Value":"22"}],"Deletes":[{"Key":"old"},{"Key":"never there"}]}""", put.ETag)).Expect(200);

        Assert.Equal((2, 5), Sizes(updated));
        Assert.Equal(["a=1", "b=22"], Listed(await pairs.ListAsync()));
        Assert.Equal(updated.ETag, await pairs.ETagAsync());
    }

    public static TheoryData<string, string> BadUpdates => new()
    {
        { "", "not the JSON" },
        { "null", "null" },
        { "[]", "not the JSON" },
        { """{"Puts":[{"Key":"a"}]}""", "not the JSON" },
        { """{"Puts":[{"Key":"a","Value":null}]}""", "not the JSON" },
        { """{"Puts":[null]}""", "null" },
        { """{"Deletes":[null]}""", "null" },
        { """{"Puts":[{"Key":"\ud800","Value":""}]}""", "not the JSON" },
        { "{}", "1 to 50" },
        { """{"Puts":[{"Key":"","Value":"1"}]}""", "empty" },
        { """{"Deletes":[{"Key":""}]}""", "empty" },
        { """{"Puts":[{"Key":"good","Value":"1"},{"Key":"a\u0000","Value":"1"}]}""", "U+0000" },
        { """{"Puts":[{"Key":"a","Value":"1"},{"Key":"a","Value":"1"}]}""", "more than once" },
        { """{"Puts":[{"Key":"a","Value":"1"}],"Deletes":[{"Key":"a"}]}""", "more than once" },
        { $$"""{"Puts":[{"Key":"good","Value":"1"},{"Key":"a","Value":"{{new string('v', 1_025)}}"}]}""", "1025 bytes" },
        { $$"""{"Puts":[{"Key":"{{new string('k', 513)}}","Value":""}]}""", "513 bytes" },
        { $$"""{"Puts":[{"Key":"k{{string.Concat(Enumerable.Repeat("\U0001F600", 128))}}","Value":""}]}""", "513 bytes" },
        { Puts(51), "51" },
    };

    [Theory]
    [MemberData(nameof(BadUpdates))]
    public async Task An_update_with_a_fault_changes_nothing(string json, string words)
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var etag = await pairs.ETagAsync();

        (await pairs.UpdateAsync(json, etag)).ExpectException(400, "ValidationException", words);

        Assert.Equal(etag, await pairs.ETagAsync());
        Assert.Empty(Listed(await pairs.ListAsync()));
    }

    [Fact]
    public async Task Lengths_up_to_their_bounds_are_taken()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var key = new string('ü', 256);

        var put = (await pairs.PutAsync(key, new string('€', 341) + "v", await pairs.ETagAsync())).Expect(200);

        Assert.Equal((1, 512 + 1_024), Sizes(put));
        Assert.Equal(key, (await pairs.GetAsync(key)).Json().GetProperty("Key").GetString());
        (await pairs.PutAsync(key + "k", "", put.ETag)).ExpectException(400, "ValidationException", "513");
        (await pairs.UpdateAsync(Puts(50), put.ETag)).Expect(200);
    }

    [Fact]
    public async Task A_store_past_its_quota_is_402_and_stays_as_it_was()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { KeyValueStoreBytes = 10 } });
        var pairs = await KeyValueClient.CreateAsync(control);
        var put = (await pairs.PutAsync("a", "123456789", await pairs.ETagAsync())).Expect(200);

        (await pairs.PutAsync("b", "", put.ETag)).ExpectException(402, "ServiceQuotaExceededException", "10 bytes");

        Assert.Equal(put.ETag, await pairs.ETagAsync());
        (await pairs.UpdateAsync("""{"Puts":[{"Key":"b","Value":""}],"Deletes":[{"Key":"a"}]}""", put.ETag)).Expect(200);
    }

    [Fact]
    public async Task A_list_is_read_in_pages_of_ten_unless_told()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        (await pairs.UpdateAsync(Puts(25), await pairs.ETagAsync())).Expect(200);

        List<string> seen = [];
        var sizes = new List<int>();
        string? token = null;
        do
        {
            var page = (await pairs.ListAsync(token is null ? "" : "?NextToken=" + Uri.EscapeDataString(token))).Expect(200);
            sizes.Add(Listed(page).Count);
            seen.AddRange(Listed(page));
            token = page.Json().TryGetProperty("NextToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);

        Assert.Equal([10, 10, 5], sizes);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"key-{i:D2}=v"), seen);
        var all = (await pairs.ListAsync("?MaxResults=25")).Expect(200);
        Assert.Equal(25, Listed(all).Count);
        Assert.False(all.Json().TryGetProperty("NextToken", out _));
        foreach (var query in new[] { "?MaxResults=0", "?MaxResults=51", "?MaxResults=x", "?NextToken=%25", "?NextToken=AA" })
        {
            (await pairs.ListAsync(query)).ExpectException(400, "ValidationException", "MaxResults");
        }
    }

    [Theory]
    [InlineData("arn:aws:cloudfront::000000000000:key-value-store/none", 404, "ResourceNotFoundException")]
    [InlineData("arn:aws:cloudfront::999999999999:key-value-store/none", 404, "ResourceNotFoundException")]
    [InlineData("arn:aws:cloudfront::000000000000:distribution/E1", 400, "ValidationException")]
    [InlineData("one", 400, "ValidationException")]
    public async Task What_names_no_store_is_an_error_in_every_operation(string arn, int status, string name)
    {
        await using var control = await TestControl.StartAsync();
        var pairs = new KeyValueClient(control, arn);

        (await pairs.DescribeAsync()).ExpectException(status, name);
        (await pairs.GetAsync("a")).ExpectException(status, name);
        (await pairs.ListAsync()).ExpectException(status, name);
        (await pairs.PutAsync("a", "1", "KV0")).ExpectException(status, name);
        (await pairs.DeleteAsync("a", "KV0")).ExpectException(status, name);
        (await pairs.UpdateAsync("{}", "KV0")).ExpectException(status, name);
    }

    [Theory]
    [InlineData("GET", "/keys/")]
    [InlineData("GET", "/nothing")]
    [InlineData("PATCH", "/keys/a")]
    public async Task An_operation_that_does_not_exist_is_told_in_JSON(string method, string target)
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);

        (await pairs.CallAsync(method, target)).ExpectException(404, "UnknownOperationException");
    }

    [Fact]
    public async Task Deleting_a_key_that_is_not_there_is_404()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var etag = await pairs.ETagAsync();

        (await pairs.DeleteAsync("nothing", etag)).ExpectException(404, "ResourceNotFoundException", "key");

        Assert.Equal(etag, await pairs.ETagAsync());
    }

    private static (int Count, int Bytes) Sizes(Answer answer) =>
        (answer.Json().GetProperty("ItemCount").GetInt32(), answer.Json().GetProperty("TotalSizeInBytes").GetInt32());

    private static List<string> Listed(Answer list) =>
        [.. list.Expect(200).Json().GetProperty("Items").EnumerateArray().Select(item => $"{item.GetProperty("Key").GetString()}={item.GetProperty("Value").GetString()}")];

    private static string Puts(int count) => new JsonObject
    {
        ["Puts"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject { ["Key"] = $"key-{i:D2}", ["Value"] = "v" })]),
    }.ToJsonString();
}
