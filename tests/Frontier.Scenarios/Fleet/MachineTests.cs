// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using System.Text.Json;
using Frontier.Contracts.Fleet;
using Frontier.Control;
using Frontier.Control.Sqlite;
using Frontier.Fleet;
using Frontier.Hosting;
using Frontier.Protocols.SigV4;
using Frontier.Scenarios.Harness;
using Frontier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Scenarios.Fleet;

/// <summary>What a machine keeps of its fleet, and how it stays in it (decision 23).</summary>
public sealed class MachineTests
{
    private static readonly AccessKey Key = new("AKIDTESTS", "a secret of tests");

    [Fact]
    public async Task A_machine_has_another_key_and_certificate_when_two_thirds_of_its_life_are_over()
    {
        using var directory = new TemporaryDirectory();
        var clock = new ManualTimeProvider();
        await using var store = await SqliteControlStore.OpenAsync(directory["control.db"], clock, default);
        await using var control = await StartAsync(store, clock);
        using var data = DataDirectory.Open(directory["machine"]);
        var settings = await SettingsAsync(control, clock, directory);
        var path = data["fleet/machine.pem"];
        await using var machine = await Machine.OpenAsync(settings, Facts(), data, clock, NullLoggerFactory.Instance, default);
        var first = machine.Identity.Current;
        var file = await File.ReadAllTextAsync(path);

        clock.Advance(TimeSpan.FromDays(4.5));
        Assert.Same(first, machine.Identity.Current);
        await Eventually.IsTrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromHours(1));
            return Task.FromResult(machine.Identity.Current != first);
        });

        var next = machine.Identity.Current;
        Assert.Equal(first.Name, next.Name);
        Assert.NotEqual(first.Certificate.GetPublicKeyString(), next.Certificate.GetPublicKeyString());
        Assert.True(next.Certificate.NotAfter > first.Certificate.NotAfter);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.NotEqual(file, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_later_start_takes_no_token_and_no_control_plane_but_the_same_place()
    {
        using var directory = new TemporaryDirectory();
        var clock = new ManualTimeProvider();
        await using var store = await SqliteControlStore.OpenAsync(directory["control.db"], clock, default);
        using var data = DataDirectory.Open(directory["machine"]);
        FleetName name;
        await using (var control = await StartAsync(store, clock))
        {
            await using var machine = await Machine.OpenAsync(await SettingsAsync(control, clock, directory), Facts(), data, clock, NullLoggerFactory.Instance, default);
            name = machine.Identity.Current.Name;
        }

        await using (var again = await Machine.OpenAsync(Settings("https://127.0.0.1:1", null), Facts(), data, clock, NullLoggerFactory.Instance, default))
        {
            Assert.Equal(name, again.Identity.Current.Name);
        }

        var elsewhere = await Assert.ThrowsAsync<StartException>(() => Machine.OpenAsync(Settings("https://127.0.0.1:1", null, pop: "ams1"), Facts(), data, clock, NullLoggerFactory.Instance, default));
        Assert.Contains("joined as edge at fra1", elsewhere.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(data["fleet/machine.pem"], "half a file");
        var damaged = await Assert.ThrowsAsync<StartException>(() => Machine.OpenAsync(Settings("https://127.0.0.1:1", null), Facts(), data, clock, NullLoggerFactory.Instance, default));
        Assert.Contains("delete it and start with a new token", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_whose_certificate_is_over_joins_anew_by_a_new_token_under_another_id()
    {
        using var directory = new TemporaryDirectory();
        var clock = new ManualTimeProvider();
        await using var store = await SqliteControlStore.OpenAsync(directory["control.db"], clock, default);
        await using var control = await StartAsync(store, clock);
        using var data = DataDirectory.Open(directory["machine"]);
        string first;
        await using (var machine = await Machine.OpenAsync(await SettingsAsync(control, clock, directory), Facts(), data, clock, NullLoggerFactory.Instance, default))
        {
            first = machine.Identity.Current.Name.Id;
        }

        clock.Advance(TimeSpan.FromDays(8));
        await using var anew = await Machine.OpenAsync(await SettingsAsync(control, clock, directory), Facts(), data, clock, NullLoggerFactory.Instance, default);

        Assert.NotEqual(first, anew.Identity.Current.Name.Id);
    }

    private static NodeFacts Facts() => new() { Role = NodeRole.Edge, ProgramVersion = "1.0", Addresses = ["127.0.0.1"] };

    private static MachineSettings Settings(string control, string? token, string pop = "fra1") =>
        MachineSettings.Read(new Dictionary<string, string?> { ["control"] = control, ["pop"] = pop, ["token"] = token, ["tier"] = "none" }, NodeRole.Edge);

    private static Task<ControlServer> StartAsync(SqliteControlStore store, ManualTimeProvider clock) => ControlServer.StartAsync(
        new ControlOptions
        {
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            Fleet = new IPEndPoint(IPAddress.Loopback, 0),
            AccessKeys = [Key],
            SecretsKey = new byte[32],
            OriginAccessSecret = new byte[32],
        }, store, clock, NullLoggerFactory.Instance, default);

    /// <summary>With a new token.</summary>
    private static async Task<MachineSettings> SettingsAsync(ControlServer control, ManualTimeProvider clock, TemporaryDirectory directory)
    {
        using var api = new SignedApi(Key, "cloudfront", new Uri($"http://{control.Endpoint}"), clock);
        (await api.SendAsync(HttpMethod.Put, "/frontier/v1/pops/fra1", "{}"u8.ToArray())).Expect(200);
        var made = (await api.SendAsync(HttpMethod.Post, "/frontier/v1/fleet/tokens", Encoding.UTF8.GetBytes("""{"role":"edge","pop":"fra1"}"""))).Expect(201);
        await File.WriteAllTextAsync(directory["token"], JsonDocument.Parse(made.Text).RootElement.GetProperty("token").GetString());
        return Settings($"https://{control.FleetEndpoint}", directory["token"]);
    }
}
