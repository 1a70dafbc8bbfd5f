// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Edge.Places;
using Frontier.Testing;
using Frontier.Usage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Edge.Tests.Places;

/// <summary>Distributions that are served to some countries only (§23). The tests' viewers are at 127.0.0.1.</summary>
public sealed class CountriesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Database => Path.Combine(_directory.Path, "countries.mmdb");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(true, "DE", 200)]
    [InlineData(true, "FR", 403)]
    [InlineData(false, "DE", 403)]
    [InlineData(false, "FR", 200)]
    public async Task A_list_allows_its_countries_or_blocks_them_DP_23_1(bool areAllowed, string listed, int status)
    {
        await using var edge = await RestrictedAsync(areAllowed, listed, viewersAreIn: "DE");
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        Assert.Equal(status, (await edge.GetAsync("/a")).Status);
        Assert.Equal(status, (await edge.GetAsync("/a")).Status);
        Assert.Equal(status == 200 ? 1 : 0, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task Who_is_nowhere_is_served_DP_23_1()
    {
        await using var edge = await RestrictedAsync(areAllowed: true, "FR", viewersAreIn: null);
        edge.Origin.On("/a").Reply(200, "hello");
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
    }

    [Fact]
    public async Task The_refusal_says_why_in_page_and_log_and_counts_before_the_behaviors_rules_DP_23_2()
    {
        await using var edge = await RestrictedAsync(areAllowed: false, "DE", viewersAreIn: "DE", static distribution => distribution with
        {
            DefaultBehavior = distribution.DefaultBehavior with { ViewerProtocol = ViewerProtocol.HttpsOnly },
        });
        var answer = await edge.GetAsync("/a");
        Assert.Equal((403, "Error from cloudfront"), (answer.Status, answer.Cache));
        Assert.Contains("The Amazon CloudFront distribution is configured to block access from your country.", answer.Body, StringComparison.Ordinal);
        Assert.Equal(ErrorDetail.ClientGeoBlocked, (await edge.Records.OfAsync(answer)).Detail);
    }

    [Fact]
    public async Task A_page_of_the_distributions_own_stands_for_the_refusal_DP_23_2()
    {
        await using var edge = await RestrictedAsync(areAllowed: false, "DE", viewersAreIn: "DE", static distribution => distribution with
        {
            ErrorResponses = [new ErrorResponseConfig(403, 10) { PagePath = "/sorry.html", PageStatus = 451 }],
        });
        edge.Origin.On("/sorry.html").Reply(200, "not here");
        var answer = await edge.GetAsync("/a");
        Assert.Equal((451, "not here"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task What_others_brought_into_the_cache_does_not_open_it_to_a_country_that_is_blocked()
    {
        await using var edge = await RestrictedAsync(areAllowed: false, "FR", viewersAreIn: "DE");
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=600"));
        await edge.GetAsync("/a");
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        MoveViewersTo(edge, "FR");
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/a")).Status == 403);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_leaves_what_was_read_before()
    {
        await using var edge = await RestrictedAsync(areAllowed: true, "DE", viewersAreIn: "DE");
        edge.Origin.On("/a").Reply(200, "hello");
        await File.WriteAllTextAsync(Database, "half a file");
        edge.Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.IsTrueAsync(() => edge.Errors.Has(2302));
        edge.Errors.Expect(2302);
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
        MoveViewersTo(edge, "FR");
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/a")).Status == 403);
    }

    [Fact]
    public async Task An_edge_does_not_start_with_a_file_that_is_no_database_and_says_which()
    {
        await File.WriteAllTextAsync(Database, "ip,country");
        var refused = await Assert.ThrowsAsync<IOException>(() =>
            PlaceDatabases.OpenAsync([Database], _directory.Path, new ManualTimeProvider(), NullLogger<PlaceDatabases>.Instance, CancellationToken.None));
        Assert.Contains($"{Database} cannot be used: This is no MaxMind DB file", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>It would serve everybody, since it knows of nobody where he is.</summary>
    [Fact]
    public async Task An_edge_without_a_database_refuses_a_restriction_and_says_so_while_what_was_live_goes_on()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        edge.Configure(static distribution => distribution with { Countries = new CountriesConfig(AreAllowed: true, ["DE"]) });
        await edge.Control.WaitForReportAsync(static report => report.Refused is not null);
        var fault = edge.Control.LastReport!.Refused!.Faults.Single();
        Assert.Contains("restricted by country", fault, StringComparison.Ordinal);
        Assert.Contains("--geo-database", fault, StringComparison.Ordinal);
        edge.Errors.Expect(2004);
        Assert.Equal(200, (await edge.GetAsync("/a")).Status); // the version before, which restricts nothing
    }

    /// <summary>What lies on its disk was restricted, and is not opened by starting it without the database.</summary>
    [Fact]
    public async Task An_edge_started_again_without_its_database_serves_nothing_of_it()
    {
        await using var edge = await RestrictedAsync(areAllowed: true, "DE", viewersAreIn: "DE");
        edge.Origin.On("/a").Reply(200, "hello");
        Assert.Equal(200, (await edge.GetAsync("/a")).Status);
        await edge.RestartAsync(static options => options with { GeoDatabases = [] });
        edge.Errors.Expect(2004);
        Assert.NotEqual(200, (await edge.GetAsync("/a")).Status);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    private async Task<TestEdge> RestrictedAsync(bool areAllowed, string listed, string? viewersAreIn, Func<DistributionConfig, DistributionConfig>? change = null)
    {
        Write(viewersAreIn);
        return await TestEdge.StartAsync(
            distribution => (change ?? (static same => same))(distribution with { Countries = new CountriesConfig(areAllowed, [listed]) }),
            options => options with { GeoDatabases = [Database] });
    }

    private void MoveViewersTo(TestEdge edge, string country)
    {
        Write(country);
        File.SetLastWriteTimeUtc(Database, File.GetLastWriteTimeUtc(Database).AddSeconds(1)); // as a later day's file has
        edge.Clock.Advance(TimeSpan.FromSeconds(5));
    }

    private void Write(string? country) => File.WriteAllBytes(Database, new ScriptedDatabase()
        .With(country is null ? "192.0.2.0/24" : "127.0.0.0/8", new Dictionary<string, object> { ["country_code"] = country ?? "FR" }).ToBytes());
}
