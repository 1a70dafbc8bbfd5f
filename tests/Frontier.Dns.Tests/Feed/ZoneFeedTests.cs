// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Contracts.Zones;
using Frontier.Dns.Feed;
using Frontier.Dns.Tests.Harness;
using Frontier.Testing;

namespace Frontier.Dns.Tests.Feed;

/// <summary>Zones come from the control plane, take effect, are acknowledged, and survive its absence.</summary>
public sealed class ZoneFeedTests : IDisposable
{
    private const int Refused = 5;

    private readonly TemporaryDirectory _directory = new();
    private readonly ErrorLog _errors = new();
    private readonly WatchedHealth _health = new();

    public void Dispose()
    {
        _directory.Dispose();
        _errors.AssertEmpty();
    }

    [Fact]
    public async Task What_the_control_plane_says_is_served_and_then_acknowledged()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var dns = await StartAsync(control.Address);
        control.Say(new ZoneAnswer { Position = 5, StartsAnew = true, Zones = [Zone("example.test.", "192.0.2.1")] });
        await Eventually.IsTrueAsync(() => control.Reports.Any(static report => report.Position == 5));

        Assert.Equal("192.0.2.1", await AskAsync(dns, "www.example.test."));
        Assert.Equal((0L, true), (control.Reports.First().Position, control.Reports.First().AtOnce));

        control.Say(new ZoneAnswer { Position = 6, Changes = [Change("example.test.", 1, "192.0.2.2")] });
        await Eventually.IsTrueAsync(() => control.Reports.Any(static report => report.Position == 6));
        Assert.Equal("192.0.2.2", await AskAsync(dns, "www.example.test."));

        control.Say(new ZoneAnswer { Position = 7, Removed = ["ZEXAMPLEXTEST"] });
        await Eventually.IsTrueAsync(() => control.Reports.Any(static report => report.Position == 7));
        Assert.Null(await AskAsync(dns, "www.example.test."));
    }

    [Fact]
    public async Task A_server_answers_without_the_control_plane_what_it_heard_last()
    {
        await using (var control = await ScriptedControl.StartAsync())
        {
            await using var before = await StartAsync(control.Address);
            control.Say(new ZoneAnswer { Position = 5, StartsAnew = true, Zones = [Zone("example.test.", "192.0.2.1"), Zone("other.test.", "192.0.2.9")] });
            control.Say(new ZoneAnswer { Position = 6, Changes = [Change("example.test.", 1, "192.0.2.2")] });
            await Eventually.IsTrueAsync(() => control.Reports.Any(static report => report.Position == 6));
        }

        await using var dns = await StartAsync(new Uri("http://127.0.0.1:9/"));

        Assert.Equal("192.0.2.2", await AskAsync(dns, "www.example.test."));
        Assert.Equal("192.0.2.9", await AskAsync(dns, "www.other.test."));
    }

    [Fact]
    public async Task A_server_answers_what_the_program_before_left_on_its_disk()
    {
        await File.WriteAllTextAsync(_directory["zones.jsonl"], GoldenFile.Read("format-6/zones.jsonl"));

        await using var dns = await StartAsync(new Uri("http://127.0.0.1:9/"));

        Assert.Equal("192.0.2.2", await AskAsync(dns, "new.golden.test."));
    }

    [Fact]
    public async Task What_a_crash_has_torn_is_asked_for_again()
    {
        new ZoneJournal(_directory["zones.jsonl"]).Append(new ZoneAnswer { Position = 5, StartsAnew = true, Zones = [Zone("example.test.", "192.0.2.1")] });
        await File.AppendAllTextAsync(_directory["zones.jsonl"], "{\"position\":6,\"changes\":[{\"zo");
        await using var control = await ScriptedControl.StartAsync();
        await using var dns = await StartAsync(control.Address);

        await Eventually.IsTrueAsync(() => !control.Reports.IsEmpty);

        Assert.Equal(5, control.Reports.First().Position);
        Assert.Equal("192.0.2.1", await AskAsync(dns, "www.example.test."));
    }

    [Fact]
    public async Task A_set_that_starts_anew_is_served_when_it_is_whole_and_the_one_before_until_then()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var dns = await StartAsync(control.Address);
        control.Say(new ZoneAnswer { Position = 5, StartsAnew = true, Zones = [Zone("old.test.", "192.0.2.1")] });
        control.Say(new ZoneAnswer { Position = 8, StartsAnew = true, HasMore = true, Zones = [Zone("new1.test.", "192.0.2.2")] });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 3);

        Assert.Equal("192.0.2.1", await AskAsync(dns, "www.old.test."));
        Assert.Null(await AskAsync(dns, "www.new1.test."));

        control.Say(new ZoneAnswer { Position = 9, Zones = [Zone("new2.test.", "192.0.2.3")] });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 4);
        Assert.Null(await AskAsync(dns, "www.old.test."));
        Assert.Equal("192.0.2.2", await AskAsync(dns, "www.new1.test."));
        Assert.Equal("192.0.2.3", await AskAsync(dns, "www.new2.test."));
    }

    [Fact]
    public async Task Of_two_zones_with_one_name_the_first_is_served_and_the_other_when_it_goes()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var dns = await StartAsync(control.Address);
        control.Say(new ZoneAnswer { Position = 1, StartsAnew = true, Zones = [Zone("example.test.", "192.0.2.1") with { Id = "ZA" }] });
        control.Say(new ZoneAnswer { Position = 2, Zones = [Zone("example.test.", "192.0.2.2") with { Id = "ZB" }] });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 3);
        Assert.Equal("192.0.2.1", await AskAsync(dns, "www.example.test."));

        control.Say(new ZoneAnswer { Position = 3, Removed = ["ZA"] });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 4);
        Assert.Equal("192.0.2.2", await AskAsync(dns, "www.example.test."));
    }

    [Fact]
    public async Task A_hosted_zone_of_the_distributions_name_has_its_own_records_and_the_distributions()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var dns = await StartAsync(control.Address);
        Assert.Equal("203.0.113.1", await AskAsync(dns, FixedEdges.Both));

        control.Say(new ZoneAnswer { Position = 1, StartsAnew = true, Zones = [Zone("cdn.test.", "192.0.2.1")] });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 2);
        Assert.Equal("192.0.2.1", await AskAsync(dns, "www.cdn.test."));
        Assert.Equal("203.0.113.1", await AskAsync(dns, FixedEdges.Both));

        control.Say(new ZoneAnswer { Position = 2, Removed = ["ZCDNXTEST"] });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 3);
        Assert.Null(await AskAsync(dns, "www.cdn.test."));
        Assert.Equal("203.0.113.1", await AskAsync(dns, FixedEdges.Both));
    }

    [Fact]
    public async Task Health_checks_are_watched_and_what_is_found_is_told()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var dns = await StartAsync(control.Address);
        var found = new HealthObservation("check", false, "Failure: it is down.", DateTimeOffset.UnixEpoch);
        await Eventually.IsTrueAsync(() => control.Reports.Count == 1);
        _health.Found = [found];

        control.Say(new ZoneAnswer { Position = 1, StartsAnew = true, HealthChecks = [new HealthCheckConfig { Id = "check", Type = "TCP" }] });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 2);

        Assert.Equal("check", Assert.Single(_health.Watched).Id);
        Assert.Equal(found, Assert.Single(control.Reports.Last().Observations));
    }

    [Fact]
    public async Task Reloading_a_zone_under_load_loses_no_query()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var dns = await StartAsync(control.Address);
        control.Say(new ZoneAnswer { Position = 1, StartsAnew = true, Zones = [Zone("example.test.", "192.0.2.1")] });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 2);
        for (var each = 2; each < 200; each++)
        {
            control.Say(new ZoneAnswer { Position = each, Zones = [Zone("example.test.", $"192.0.2.{each}")] });
        }

        var asked = 0;
        while (control.Reports.Count < 200 || asked < 200)
        {
            Assert.NotNull(await AskAsync(dns, "www.example.test."));
            asked++;
        }

        Assert.Equal("192.0.2.199", await AskAsync(dns, "www.example.test."));
    }

    [Fact]
    public void The_journal_is_written_anew_when_it_has_grown_and_says_the_same()
    {
        var journal = new ZoneJournal(_directory["zones.jsonl"]);
        var config = Zone("example.test.", "192.0.2.1");
        journal.Append(new ZoneAnswer { Position = 1, StartsAnew = true, Zones = [config] });
        for (var each = 2; !journal.IsLong; each++)
        {
            journal.Append(new ZoneAnswer { Position = each, Zones = [config] });
        }

        journal.Rewrite([TestZone.Compile(config)], new ZoneAnswer { Position = 4_711, HealthChecks = [] });

        var read = journal.Read().ToList();
        Assert.False(journal.IsLong);
        Assert.Equal((true, 4_711L, false), (read[0].StartsAnew, read[^1].Position, read[^1].HasMore));
        Assert.Equal(config.RecordSets.Length, Assert.Single(read.SelectMany(static answer => answer.Zones)).RecordSets.Length);
    }

    private static ZoneConfig Zone(string name, string address) => TestZone.Config(name, $"www 60 A {address}\n");

    private static ZoneChange Change(string zone, long from, string address) => new(
        Zone(zone, address).Id, from, from + 1, [], [new RecordSetConfig { Name = $"www.{zone}", Type = "A", Ttl = 60, Values = [address] }]);

    private Task<DnsServer> StartAsync(Uri control) => DnsServer.StartAsync(
        new DnsOptions
        {
            Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Directory = _directory.Path,
            NodeId = "dns-1",
            Control = control,
            Token = ScriptedControl.Token,
            Domain = "cdn.test",
            AnswersPerSecond = 0,
        },
        new FixedEdges(), new FirstChoice(), _health, routing: null, TimeProvider.System, _errors);

    /// <summary>The one address; null where the name is refused or does not exist.</summary>
    private static async Task<string?> AskAsync(DnsServer dns, string name)
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await socket.ConnectAsync(dns.Endpoints[0]);
        await socket.SendAsync(Ask.For(name));
        var answer = new byte[4_096];
        var told = Told.Read(answer.AsSpan(0, await socket.ReceiveAsync(answer, patience.Token)));
        Assert.True(told.Code is 0 or 3 or Refused);
        return told.Data.SingleOrDefault();
    }

    private sealed class WatchedHealth : IHealthWatch
    {
        public ImmutableArray<HealthCheckConfig> Watched { get; private set; } = [];

        public ImmutableArray<HealthObservation> Found { get; set; } = [];

        public void Watch(ImmutableArray<HealthCheckConfig> checks) => Watched = checks;

        public ImmutableArray<HealthObservation> TakeObservations()
        {
            var found = Found;
            Found = [];
            return found;
        }
    }
}
