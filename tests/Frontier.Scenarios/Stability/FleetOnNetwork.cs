// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Protocols.SigV4;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// A control plane on PostgreSQL, three points of presence, an origin, and what a story needs beside them, each on a machine of its own:
/// the real programs, joined as an operator joins them.
/// </summary>
internal sealed class FleetOnNetwork : IAsyncDisposable
{
    /// <summary>One on each continent.</summary>
    public static readonly IReadOnlyList<string> Pops = ["fra1", "iad1", "nrt1"];

    /// <summary>Seconds: short, so that the story need not wait long for machines that are gone.</summary>
    private const int Silence = 6;

    /// <summary>Where machines stand that are no edges.</summary>
    private const string CentralPop = "fra1";

    /// <summary>A report comes three times in the time of silence, a little sooner or later: who is there was heard within half of it.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(Silence / 2.0);

    private static readonly AccessKey Key = new("FKSCENARIO", "a-secret-of-no-worth-0123456789abcdef");

    private readonly TemporaryDirectory _files = new();
    private readonly Network _network;

    private readonly FleetShape _shape;

    private FleetOnNetwork(Network network, FleetShape shape) => (_network, _shape) = (network, shape);

    public NetworkHost Control { get; private set; } = null!;

    public StoreServer Store { get; private set; } = null!;

    public SiteOrigin Origin { get; private set; } = null!;

    public NetworkHost Regional { get; private set; } = null!;

    /// <summary>As many of each point of presence, in the order of <see cref="Pops"/>.</summary>
    public IReadOnlyList<NetworkHost> Edges { get; private set; } = [];

    public IReadOnlyList<NetworkHost> DnsNodes { get; private set; } = [];

    public FleetApi Api { get; private set; } = null!;

    /// <summary>Null where there can be no such network.</summary>
    public static async Task<FleetOnNetwork?> TryStartAsync(FleetShape shape)
    {
        if (await Network.TryCreateAsync() is not { } network)
        {
            return null;
        }

        var fleet = new FleetOnNetwork(network, shape);
        try
        {
            await fleet.StartAllAsync();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyList<NetworkHost> EdgesOf(int pop) => [.. Edges.Skip(pop * _shape.EdgesPerPop).Take(_shape.EdgesPerPop)];

    public Task StartControlAsync() => Control.StartFrontierAsync(
        "run", "control", "--data", _files["control"], "--store", Store.Url, "--api", $"{Control.Address}:8400", "--fleet", $"{Control.Address}:8404", "--rollout", "at-once",
        "--silence", Silence.ToString(CultureInfo.InvariantCulture), "--access-key", $"{Key.Id}:{Key.Secret}");

    public Task StartEdgeAsync(NetworkHost edge) => edge.StartFrontierAsync(
    [
        "run", "edge", .. MachineArguments(edge, PopOf(edge)), "--http", $"{edge.Address}:80", "--https", $"{edge.Address}:443",
    ]);

    public Task StartRegionalAsync() => Regional.StartFrontierAsync(["run", "regional", .. MachineArguments(Regional, CentralPop)]);

    /// <summary>Some points of presence are near to some viewers by a file that says where <see cref="Network.Viewers"/> are.</summary>
    public Task StartDnsAsync(NetworkHost node) => node.StartFrontierAsync(["run", "dns", .. FleetArguments(node, CentralPop), "--dns", $"{node.Address}:53", "--geo-database", _files["places.mmdb"]]);

    /// <summary>Returns when the control plane hears all machines, and all have caught up with what there was to hear when this was called.</summary>
    public Task AllHeardAsync()
    {
        long? end = null;
        return Eventually.IsTrueAsync(async () => (end ??= await Api.LogEndAsync()) is { } position && await Api.CountHeardAsync(Lately, position) == Edges.Count + (_shape.HasRegional ? 1 : 0));
    }

    /// <summary>What they say to the control plane is not answered any more; among themselves they go on.</summary>
    public Task CutFromControlAsync(IEnumerable<NetworkHost> machines) => Task.WhenAll(machines.Select(Control.CutFromAsync));

    public Task HealFromControlAsync(IEnumerable<NetworkHost> machines) => Task.WhenAll(machines.Select(Control.HealFromAsync));

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        await _network.DisposeAsync();
        _files.Dispose();
    }

    private string PopOf(NetworkHost edge) => Pops[Edges.Index().First(known => known.Item == edge).Index / _shape.EdgesPerPop];

    private string[] FleetArguments(NetworkHost machine, string pop) => ["--data", _files[machine.Name], "--control", $"https://{Control.Address}:8404", "--pop", pop, "--token", TokenFile(machine)];

    private string[] MachineArguments(NetworkHost machine, string pop) =>
        [.. FleetArguments(machine, pop), "--tier", $"{machine.Address}:8405", "--allow-private-origins", "--cache-memory", "32M", "--cache-disk", "256M"];

    private string TokenFile(NetworkHost machine) => _files[$"token-{machine.Name}"];

    private async Task StartAllAsync()
    {
        File.SetUnixFileMode(_files.Path, (UnixFileMode)0b111_001_001); // nginx's workers and PostgreSQL are other users
        Origin = new SiteOrigin(await _network.AddHostAsync("origin", SiteOrigin.Domain), _files);
        Store = new StoreServer(await _network.AddHostAsync("store"), _files);
        Control = await _network.AddHostAsync("control");
        await AddMachinesAsync();
        Origin.Publish();
        await Store.MakeAsync(Control.Address);
        await Task.WhenAll(Origin.StartAsync(), Store.StartAsync());
        await StartControlAsync();
        Api = new FleetApi(Key, new Uri($"http://{Control.Address}:8400"));
        foreach (var pop in Pops)
        {
            await Api.MakePopAsync(pop);
        }

        foreach (var edge in Edges)
        {
            await WriteTokenAsync("edge", edge, PopOf(edge));
        }

        foreach (var node in DnsNodes)
        {
            await WriteTokenAsync("dns", node, CentralPop);
        }

        if (_shape.HasRegional)
        {
            await WriteTokenAsync("regional", Regional, CentralPop);
        }

        await Task.WhenAll([.. _shape.HasRegional ? new[] { StartRegionalAsync() } : [], .. Edges.Select(StartEdgeAsync), .. DnsNodes.Select(StartDnsAsync)]);
    }

    private async Task AddMachinesAsync()
    {
        if (_shape.HasRegional)
        {
            Regional = await _network.AddHostAsync("regional");
        }

        var edges = new List<NetworkHost>();
        foreach (var pop in Pops)
        {
            for (var letter = 'a'; letter < 'a' + _shape.EdgesPerPop; letter++)
            {
                edges.Add(await _network.AddHostAsync($"{pop}-{letter}"));
            }
        }

        var nodes = new List<NetworkHost>();
        while (nodes.Count < _shape.DnsNodes)
        {
            nodes.Add(await _network.AddHostAsync(string.Create(CultureInfo.InvariantCulture, $"dns-{nodes.Count + 1}")));
        }

        (Edges, DnsNodes) = (edges, nodes);
        foreach (var number in _shape.SteppingClocks)
        {
            SteppingClock.PrepareFor(Edges[number], _files);
        }

        if (nodes.Count > 0)
        {
            await File.WriteAllBytesAsync(_files["places.mmdb"], Continents.Database());
        }
    }

    private async Task WriteTokenAsync(string role, NetworkHost machine, string pop)
    {
        await File.WriteAllTextAsync(TokenFile(machine), await Api.MakeTokenAsync(role, pop));
        File.SetUnixFileMode(TokenFile(machine), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
