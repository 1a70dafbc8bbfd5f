// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Shedding;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Shedding;

/// <summary>A whole edge with more misses than it may have: hits go on, other distributions go on, and the rest is told when to come again.</summary>
public sealed class SheddingTests
{
    private const string Other = "d222222abcdef8.frontier.localhost";

    private static readonly MissOptions Small = new() { MaxUnderWay = 6, MaxPerDistribution = 4, MaxPerOrigin = 4, MaxWaiting = 8, WaitTimeout = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task Hits_are_served_while_misses_wait_and_while_they_are_turned_away()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/hit").Reply(200, "hit", ("Cache-Control", "max-age=600"));
        await edge.GetAsync("/hit");
        var gate = new ScriptedGate();
        edge.Origin.On("*").Reply(200, "late").Hold(gate);
        var misses = Enumerable.Range(0, 8).Select(i => edge.GetAsync($"/miss{i}")).ToList(); // four with the origin, four in line
        await edge.Origin.WaitUntilAsync(() => edge.Origin.RequestsInFlight == 4);
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/more")).Status == 503);

        for (var i = 0; i < 50; i++)
        {
            var hit = await edge.GetAsync("/hit");
            Assert.Equal((200, "Hit from cloudfront"), (hit.Status, hit.Cache));
        }

        Assert.All(misses, static miss => Assert.False(miss.IsCompleted));
        Assert.Equal(4, edge.Origin.RequestsInFlight);
        edge.Origin.On("*").Reply(200, "late");
        edge.Origin.On("*").Release();
        gate.Release();
        Assert.All(await Task.WhenAll(misses), static answer => Assert.Equal("late", answer.Body));
    }

    [Fact]
    public async Task A_miss_that_waits_too_long_is_answered_503_with_the_time_to_come_again_and_the_record_says_why()
    {
        await using var edge = await StartAsync();
        var gate = new ScriptedGate();
        edge.Origin.On("*").Reply(200, "late").Hold(gate);
        var held = Enumerable.Range(0, 4).Select(i => edge.GetAsync($"/held{i}")).ToList();
        await edge.Origin.WaitUntilAsync(() => edge.Origin.RequestsInFlight == 4);

        var late = edge.GetAsync("/late");
        await Eventually.IsTrueAsync(() =>
        {
            edge.Clock.Advance(TimeSpan.FromSeconds(1));
            return late.IsCompleted;
        });
        var answer = await late;
        Assert.Equal((503, "5", "Error from cloudfront"), (answer.Status, answer.Header("Retry-After"), answer.Cache));
        var record = await edge.Records.OfAsync(answer);
        Assert.Equal((ResultType.CapacityExceeded, ErrorDetail.CapacityExceeded), (record.Result, record.Detail));
        Assert.Equal(0, edge.Origin.Requests("/late"));
        gate.Release();
        await Task.WhenAll(held);
        edge.Origin.On("*").Release();
        Assert.Equal(200, (await edge.GetAsync("/late")).Status); // what had no room is not remembered as a failure
    }

    [Fact]
    public async Task A_dead_origin_of_one_distribution_takes_nothing_from_another()
    {
        await using var edge = await StartAsync();
        edge.Publish(edge.Distribution(), edge.Distribution() with { Id = "E2", DomainName = Other, Origins = [edge.OriginConfig() with { DomainName = "localhost" }] });
        await edge.DeployedAsync();
        var gate = new ScriptedGate();
        edge.Origin.On("*").Reply(200, "late").Hold(gate);
        var dead = Enumerable.Range(0, 8).Select(i => edge.GetAsync($"/dead{i}")).ToList();
        await edge.Origin.WaitUntilAsync(() => edge.Origin.RequestsInFlight == 4);

        for (var i = 0; i < 5; i++)
        {
            edge.Origin.On($"/good{i}").Reply(200, "good");
            Assert.Equal("good", (await edge.GetAsync($"/good{i}", ("Host", Other))).Body);
        }

        Assert.All(dead, static miss => Assert.False(miss.IsCompleted));
        gate.Release();
        edge.Origin.On("*").Release();
        await Task.WhenAll(dead);
    }

    [Fact]
    public async Task A_place_comes_back_when_the_answer_is_over_and_when_the_origin_fails()
    {
        await using var edge = await StartAsync(new MissOptions { MaxUnderWay = 1, MaxPerDistribution = 1, MaxPerOrigin = 1, MaxWaiting = 1 });
        for (var i = 0; i < 3; i++)
        {
            edge.Origin.On($"/good{i}").Reply(200, new string('x', 100_000), ("Cache-Control", "no-store"));
            Assert.Equal(200, (await edge.GetAsync($"/good{i}")).Status);
            edge.Origin.On($"/bad{i}").Raw("rubbish\r\n\r\n", ScriptedEnding.Close);
            Assert.Equal(502, (await edge.GetAsync($"/bad{i}")).Status);
            edge.Origin.On($"/empty{i}").Reply(204);
            Assert.Equal(204, (await edge.GetAsync($"/empty{i}")).Status);
            edge.Origin.On($"/broken{i}").Reply(200, "short").DeclareLength(1_000).EndConnection(ScriptedEnding.Close);
            await Assert.ThrowsAnyAsync<Exception>(() => edge.GetAsync($"/broken{i}"));
        }
    }

    [Fact]
    public async Task Where_memory_is_short_misses_are_turned_away_and_hits_are_not()
    {
        var used = 100L;
        await using var edge = await TestEdge.StartAsync();
        await edge.RestartAsync(options => options with { MemoryLimitBytes = 1_000, MemoryUsed = () => Volatile.Read(ref used) });
        edge.Origin.On("/hit").Reply(200, "hit", ("Cache-Control", "max-age=600"));
        edge.Origin.On("/miss").Reply(200, "miss");
        Assert.Equal(200, (await edge.GetAsync("/hit")).Status);

        Volatile.Write(ref used, 950);
        edge.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(503, (await edge.GetAsync("/miss")).Status);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/hit")).Cache);

        Volatile.Write(ref used, 870); // not yet
        edge.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(503, (await edge.GetAsync("/miss")).Status);
        Volatile.Write(ref used, 800);
        edge.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await edge.GetAsync("/miss")).Status);
    }

    [Fact]
    public async Task A_stale_object_is_still_refreshed_once_there_is_room_again()
    {
        await using var edge = await StartAsync(new MissOptions { MaxUnderWay = 1, MaxPerDistribution = 1, MaxPerOrigin = 1, MaxWaiting = 1 });
        edge.Origin.On("/a").Reply(200, "one", ("Cache-Control", "max-age=1, stale-while-revalidate=600"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromSeconds(2));
        var gate = new ScriptedGate();
        edge.Origin.On("/held").Reply(200).Hold(gate);
        var held = edge.GetAsync("/held");
        await edge.Origin.WaitForRequestsAsync("/held", 1);
        edge.Origin.On("/a").Reply(200, "two", ("Cache-Control", "max-age=600"));
        Assert.Equal("one", (await edge.GetAsync("/a")).Body); // at once, though nothing can be asked
        gate.Release();
        edge.Origin.On("/held").Release();
        await held;
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/a")).Body == "two");
    }

    private static async Task<TestEdge> StartAsync(MissOptions? misses = null)
    {
        var edge = await TestEdge.StartAsync();
        await edge.RestartAsync(options => options with { Misses = misses ?? Small });
        return edge;
    }
}
