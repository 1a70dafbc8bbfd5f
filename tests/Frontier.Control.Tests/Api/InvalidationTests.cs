// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>DP-27, API-6.20.</summary>
public sealed class InvalidationTests
{
    private static readonly (string Path, string? Xml) CacheTags = ("", "+<CacheTagConfig><HeaderName>Cache-Tag</HeaderName></CacheTagConfig>");

    [Fact]
    public async Task An_invalidation_is_answered_with_its_location_and_no_etag()
    {
        await using var control = await TestControl.StartAsync();
        var path = await CreateDistributionAsync(control);

        var created = (await control.CallAsync("POST", path, Invalidation("r", "/a", "/b/*"))).Expect(201);

        Assert.Equal(["Id", "Status", "CreateTime", "InvalidationBatch"], created.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Matches("^I[A-Z0-9]{12,26}$", created.Text("Id"));
        Assert.Equal($"{control.Address}2020-05-31/{path}/{created.Text("Id")}", created.Location);
        Assert.Null(created.ETag);
        Assert.Equal(created.Body, (await control.CallAsync("GET", $"{path}/{created.Text("Id")}")).Expect(200).Body);
        (await control.CallAsync("GET", path + "/INONE")).ExpectError(404, "NoSuchInvalidation");
        (await control.CallAsync("GET", "distribution/ENONE/invalidation/INONE")).ExpectError(404, "NoSuchDistribution");
        (await control.CallAsync("GET", "distribution/ENONE/invalidation")).ExpectError(404, "NoSuchDistribution");
        (await control.CallAsync("POST", "distribution/ENONE/invalidation", Invalidation("r", "/"))).ExpectError(404, "NoSuchDistribution");
    }

    /// <summary>§4.</summary>
    [Fact]
    public async Task A_caller_reference_with_the_same_paths_returns_the_first_invalidation()
    {
        await using var control = await TestControl.StartAsync();
        var path = await CreateDistributionAsync(control);
        var first = await control.CallAsync("POST", path, Invalidation("r", "/a", "/b"));

        Assert.Equal(first.Text("Id"), (await control.CallAsync("POST", path, Invalidation("r", "/b", "/a"))).Expect(201).Text("Id"));
        (await control.CallAsync("POST", path, Invalidation("r", "/c"))).ExpectError(409, "InvalidationBatchAlreadyExists");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("/with space")]
    [InlineData("/ü")]
    [InlineData("/~user")]
    [InlineData("/%7euser")]
    [InlineData("/a\"b")]
    public async Task A_path_that_cannot_be_matched_is_refused(string wrong)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", await CreateDistributionAsync(control), Invalidation("r", "/fine", wrong))).ExpectError(400, "InvalidArgument");

        Assert.Equal("Your request contains one or more invalid invalidation paths.", answer.ErrorMessage);
    }

    /// <summary>DP-27.12: tags compare without case, so edges are told them in lower case.</summary>
    [Fact]
    public async Task Cache_tags_reach_edges_in_lower_case_beside_paths()
    {
        await using var control = await TestControl.StartAsync();
        var path = await CreateDistributionAsync(control, CacheTags);

        var created = (await control.CallAsync("POST", path, Invalidation("r", "/A", "#Product:123", "#a/b*c"))).Expect(201);

        Assert.Equal(["/A", "#Product:123", "#a/b*c"], created.Texts("Path"));
        Assert.Equal(["/A", "#product:123", "#a/b*c"], (await control.ReportAsync("e", 1, 0)).Invalidations.Single().Paths);
    }

    [Fact]
    public async Task Cache_tags_are_refused_where_objects_have_none_DP_27_12()
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", await CreateDistributionAsync(control), Invalidation("r", "#product:1"))).ExpectError(400, "InvalidArgument");

        Assert.Contains("CacheTagConfig", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#")]
    [InlineData("#a,b")]
    [InlineData("#a b")]
    [InlineData("#ü")]
    [InlineData("#group*")]
    public async Task A_tag_that_no_object_can_have_is_refused_DP_27_12(string tag)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", await CreateDistributionAsync(control, CacheTags), Invalidation("r", tag))).ExpectError(400, "InvalidArgument");

        Assert.Equal("Your request contains one or more invalid invalidation paths.", answer.ErrorMessage);
    }

    [Fact]
    public async Task A_tag_has_at_most_256_characters_DP_27_12()
    {
        await using var control = await TestControl.StartAsync();
        var path = await CreateDistributionAsync(control, CacheTags);

        (await control.CallAsync("POST", path, Invalidation("r1", "#" + new string('t', 256)))).Expect(201);
        (await control.CallAsync("POST", path, Invalidation("r2", "#" + new string('t', 257)))).ExpectError(400, "InvalidArgument");
    }

    /// <summary>DP-27.10.</summary>
    [Fact]
    public async Task Quotas_of_paths_in_progress_hold_until_edges_have_caught_up()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { InvalidationPaths = 3, InvalidationWildcards = 1 } });
        var path = await CreateDistributionAsync(control);
        (await control.CallAsync("POST", path, Invalidation("r1", "/a", "/b", "/c", "/d"))).ExpectError(413, "BatchTooLarge");
        (await control.CallAsync("POST", path, Invalidation("r1", "/a*"))).Expect(201);

        Assert.Contains("wildcard", (await control.CallAsync("POST", path, Invalidation("r2", "/b*"))).ExpectError(400, "TooManyInvalidationsInProgress").ErrorMessage, StringComparison.Ordinal);
        (await control.CallAsync("POST", path, Invalidation("r2", "/a", "/b", "/c"))).ExpectError(400, "TooManyInvalidationsInProgress");
        await control.AcknowledgeAsync("e", 1, 1);
        (await control.CallAsync("POST", path, Invalidation("r2", "/b*"))).Expect(201);
    }

    /// <summary>DP-27.6.</summary>
    [Fact]
    public async Task The_root_takes_the_default_root_object_with_it_for_edges_alone()
    {
        await using var control = await TestControl.StartAsync();
        var path = await CreateDistributionAsync(control);

        var created = await control.CallAsync("POST", path, Invalidation("r", "/"));

        Assert.Equal(["/"], created.Texts("Path"));
        Assert.Equal(["/", "/index.html"], (await control.ReportAsync("e", 1, 0)).Invalidations.Single().Paths);
    }

    /// <summary>API-5.5.</summary>
    [Fact]
    public async Task Invalidations_are_listed_newest_first()
    {
        await using var control = await TestControl.StartAsync();
        var path = await CreateDistributionAsync(control);
        List<string> ids = [];
        foreach (var reference in new[] { "a", "b", "c" })
        {
            ids.Insert(0, (await control.CallAsync("POST", path, Invalidation(reference, "/x"))).Text("Id")!);
        }

        var first = (await control.CallAsync("GET", path + "?MaxItems=2")).Expect(200);
        var second = (await control.CallAsync("GET", $"{path}?MaxItems=2&Marker={first.Text("NextMarker")}")).Expect(200);

        Assert.Equal("InvalidationList", first.Root.Name.LocalName);
        Assert.Equal(ids, [.. first.Texts("Id"), .. second.Texts("Id")]);
        Assert.Equal("false", second.Text("IsTruncated"));
        (await control.CallAsync("GET", path + "?Marker=INONE")).ExpectError(400, "InvalidArgument");
    }

    private static async Task<string> CreateDistributionAsync(TestControl control, params (string Path, string? Xml)[] changes)
    {
        var body = Distribution("d", [("", "+<DefaultRootObject>index.html</DefaultRootObject>"), .. changes]);
        return $"distribution/{(await control.CallAsync("POST", "distribution", body)).Expect(201).Text("Id")}/invalidation";
    }
}
