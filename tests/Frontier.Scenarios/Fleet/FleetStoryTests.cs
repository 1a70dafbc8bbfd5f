// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Postgres.Tests;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Fleet;

/// <summary>A fleet of processes: two control planes on one PostgreSQL database, two points of presence, three edges.</summary>
public sealed class FleetStoryTests
{
    private static readonly string[] Quick = ["--silence", "4"];

    [Fact]
    public async Task Machines_join_fail_over_to_the_other_control_plane_and_serve_without_any()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var directory = new TemporaryDirectory();
        await using var origin = ScriptedOrigin.Start();
        origin.On("/page").Reply(200, "hello", ("Cache-Control", "max-age=600"));
        await using var fleet = new FleetOf(directory);
        string[] store = ["--store", database.Url, "--key-file", directory["key-file"], .. Quick];
        var first = await fleet.ControlAsync("first", store);
        var second = await fleet.ControlAsync("second", store);
        await FleetOf.DoneAsync(first, "pop", "add", "fra1");
        await FleetOf.DoneAsync(second, "pop", "add", "nrt1");
        var token = await fleet.TokenAsync(first, "fra1", uses: 2);
        FrontierProcess[] both = [first, second];
        var one = await fleet.EdgeAsync("one", "fra1", both, "--token", token);
        var two = await fleet.EdgeAsync("two", "fra1", both, "--token", token);
        var far = await fleet.EdgeAsync("far", "nrt1", [second, first], "--token", await fleet.TokenAsync(second, "nrt1"));

        // What one control plane is told is live on all edges, whomever they hear.
        var host = await FleetOf.DistributeAsync(first, "a", origin.EndPoint.Port);
        foreach (var edge in new[] { one, two, far })
        {
            await FleetOf.ServedAsync(edge, host, "hello");
        }

        var status = await FleetOf.StatusAsync(second);
        Assert.Equal(["control", "control", "edge", "edge", "edge"], status.GetProperty("processes").EnumerateArray().Select(static process => process.GetProperty("role").GetString()));
        Assert.Contains("All is well.", (await FleetOf.DoneAsync(first, "status")).Output, StringComparison.Ordinal);

        // One control plane dies: its edges ask the other one.
        await first.KillAsync();
        var next = await FleetOf.DistributeAsync(second, "b", origin.EndPoint.Port);
        foreach (var edge in new[] { one, two, far })
        {
            await FleetOf.ServedAsync(edge, next, "hello");
        }

        await Eventually.IsTrueAsync(async () => (await FleetOf.AskAsync(second, "status")).ExitCode == 0);

        // None is left: an edge starts and serves all the same.
        await second.KillAsync();
        await one.KillAsync();
        one = await fleet.EdgeAsync("one", "fra1", both);
        Assert.Equal("hello", (await FleetOf.GetAsync(one, next, "/page")).Expect(200).Text);
        Assert.Equal("ok\n", (await FleetOf.GetAsync(one, "192.0.2.1", "/frontier/health")).Expect(200).Text);
    }

    [Fact]
    public async Task A_machine_is_drained_and_removed_and_does_not_come_back_by_itself()
    {
        using var directory = new TemporaryDirectory();
        await using var origin = ScriptedOrigin.Start();
        origin.On("/page").Reply(200, "hello");
        await using var fleet = new FleetOf(directory);
        var control = await fleet.ControlAsync("control", Quick);
        await FleetOf.DoneAsync(control, "pop", "add", "fra1");
        var edge = await fleet.EdgeAsync("edge", "fra1", [control], "--token", await fleet.TokenAsync(control, "fra1"));
        var id = FleetOf.Of(edge, "id");
        var host = await FleetOf.DistributeAsync(control, "a", origin.EndPoint.Port);
        await FleetOf.ServedAsync(edge, host, "hello");

        await FleetOf.DoneAsync(control, "pop", "drain", "fra1");
        await Eventually.IsTrueAsync(async () => (await FleetOf.GetAsync(edge, "192.0.2.1", "/frontier/health")) is { Status: 503, Text: "draining\n" });
        await FleetOf.ServedAsync(edge, host, "hello");
        await FleetOf.DoneAsync(control, "pop", "undrain", "fra1");
        await Eventually.IsTrueAsync(async () => (await FleetOf.GetAsync(edge, "192.0.2.1", "/frontier/health")).Status == 200);

        Assert.Contains(id, (await FleetOf.AskAsync(control, "pop", "remove", "fra1")).Error, StringComparison.Ordinal);
        await FleetOf.DoneAsync(control, "fleet", "remove", id);
        await Eventually.IsTrueAsync(() => edge.Errors.Contains("it was removed", StringComparison.Ordinal));
        await FleetOf.DoneAsync(control, "pop", "remove", "fra1");
        var after = await FleetOf.DistributeAsync(control, "b", origin.EndPoint.Port);
        Assert.Equal(403, (await FleetOf.GetAsync(edge, after, "/page")).Status);
        Assert.DoesNotContain(id, (await FleetOf.DoneAsync(control, "status")).Output, StringComparison.Ordinal);
    }

    /// <summary>On a laptop they are open, since its origins are on it.</summary>
    [Fact]
    public async Task Origins_on_private_networks_are_closed_to_a_machine_of_a_fleet_unless_its_operator_opens_them()
    {
        using var directory = new TemporaryDirectory();
        await using var origin = ScriptedOrigin.Start();
        origin.On("/page").Reply(200, "hello");
        await using var fleet = new FleetOf(directory);
        var control = await fleet.ControlAsync("control", Quick);
        await FleetOf.DoneAsync(control, "pop", "add", "fra1");
        var token = await fleet.TokenAsync(control, "fra1", uses: 2);
        var edge = await fleet.OrdinaryEdgeAsync("edge", "fra1", [control], "--token", token);
        var open = await fleet.EdgeAsync("open", "fra1", [control], "--token", token);
        var host = await FleetOf.DistributeAsync(control, "a", origin.EndPoint.Port);
        await FleetOf.ServedAsync(open, host, "hello");

        await Eventually.IsTrueAsync(async () => (await FleetOf.GetAsync(edge, host, "/page")).Status == 502); // 403 while it does not know the distribution
        Assert.Equal(1, origin.Requests("/page"));
    }

    /// <summary>Whoever stands where the control plane should gets neither the token nor the machine.</summary>
    [Fact]
    public async Task A_machine_does_not_join_a_fleet_that_its_token_is_not_for()
    {
        using var directory = new TemporaryDirectory();
        await using var fleet = new FleetOf(directory);
        var control = await fleet.ControlAsync("control");
        var impostor = await fleet.ControlAsync("impostor");
        await FleetOf.DoneAsync(control, "pop", "add", "fra1");
        await FleetOf.DoneAsync(impostor, "pop", "add", "fra1");
        var token = await fleet.TokenAsync(control, "fra1");

        var refused = await FrontierProcess.RunAsync(["run", "edge", "--data", directory["edge"], "--token", token, .. FleetOf.EdgeArguments("fra1", [impostor])]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is not of the fleet that the token is for, so this machine has told it nothing", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("JoinRefused", impostor.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("may not join", impostor.Errors, StringComparison.Ordinal);
        var joined = await fleet.EdgeAsync("edge", "fra1", [control], "--token", token); // it is as good as before
        Assert.StartsWith("edge-", FleetOf.Of(joined, "id"), StringComparison.Ordinal);

        // And a machine that joined believes nobody else afterwards.
        await joined.KillAsync();
        var fooled = await fleet.EdgeAsync("edge", "fra1", [impostor]);
        await Eventually.IsTrueAsync(() => fooled.Errors.Contains("The feed is interrupted", StringComparison.Ordinal));
        Assert.Empty(System.Text.Json.JsonDocument.Parse((await FleetOf.DoneAsync(impostor, "fleet", "list", "--json")).Output).RootElement.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_bucket_server_of_a_fleet_knows_the_keys_of_the_store()
    {
        using var directory = new TemporaryDirectory();
        await using var database = await TestDatabase.CreateAsync();
        await using var fleet = new FleetOf(directory);
        string[] store = ["--store", database.Url, "--key-file", directory["key-file"]];
        var control = await fleet.ControlAsync("control", store);
        await using var buckets = await FrontierProcess.RunRoleAsync("buckets", directory["buckets"], ["--buckets", "127.0.0.1:0", .. store]);
        var made = (await FleetOf.DoneAsync(control, "keys", "create", "--role", "admin")).Output;
        using var api = new SignedApi(OwnApi.CredentialsFile.Read(made, "frontier")!, "s3", new Uri(FleetOf.Of(buckets, "buckets")), TimeProvider.System);

        await Eventually.IsTrueAsync(async () => (await api.SendAsync(HttpMethod.Put, "/photos")).Status == 200);
        (await api.SendAsync(HttpMethod.Put, "/photos/a", "hello"u8.ToArray())).Expect(200);
        Assert.Equal("hello", (await api.SendAsync(HttpMethod.Get, "/photos/a")).Expect(200).Text);
    }
}
