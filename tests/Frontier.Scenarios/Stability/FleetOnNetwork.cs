// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Protocols.SigV4;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// A control plane on PostgreSQL, three points of presence of two edges, a regional cache and an origin, each on a machine of its own:
/// the real programs, joined as an operator joins them.
/// </summary>
internal sealed class FleetOnNetwork : IAsyncDisposable
{
    /// <summary>One on each continent.</summary>
    public static readonly IReadOnlyList<string> Pops = ["fra1", "iad1", "nrt1"];

    /// <summary>Edges whose clocks may be set.</summary>
    public const int WillBeAhead = 1;

    /// <inheritdoc cref="WillBeAhead"/>
    public const int WillBeBehind = 4;

    /// <summary>Seconds: short, so that the story need not wait long for machines that are gone.</summary>
    private const int Silence = 6;

    private const string RegionalPop = "fra1";

    /// <summary>A report comes three times in the time of silence, a little sooner or later: who is there was heard within half of it.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(Silence / 2.0);

    private static readonly AccessKey Key = new("FKSCENARIO", "a-secret-of-no-worth-0123456789abcdef");

    private readonly TemporaryDirectory _files = new();
    private readonly Network _network;

    private FleetOnNetwork(Network network) => _network = network;

    public NetworkHost Control { get; private set; } = null!;

    public StoreServer Store { get; private set; } = null!;

    public SiteOrigin Origin { get; private set; } = null!;

    public NetworkHost Regional { get; private set; } = null!;

    /// <summary>Two of each point of presence, in the order of <see cref="Pops"/>.</summary>
    public IReadOnlyList<NetworkHost> Edges { get; private set; } = [];

    public FleetApi Api { get; private set; } = null!;

    /// <summary>Null where there can be no such network.</summary>
    public static async Task<FleetOnNetwork?> TryStartAsync()
    {
        if (await Network.TryCreateAsync() is not { } network)
        {
            return null;
        }

        var fleet = new FleetOnNetwork(network);
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

    public IReadOnlyList<NetworkHost> EdgesOf(int pop) => [Edges[2 * pop], Edges[(2 * pop) + 1]];

    public Task StartControlAsync() => Control.StartFrontierAsync(
        "run", "control", "--data", _files["control"], "--store", Store.Url, "--api", $"{Control.Address}:8400", "--fleet", $"{Control.Address}:8404", "--rollout", "at-once",
        "--silence", Silence.ToString(CultureInfo.InvariantCulture), "--access-key", $"{Key.Id}:{Key.Secret}");

    public Task StartEdgeAsync(NetworkHost edge) => edge.StartFrontierAsync(
    [
        "run", "edge", .. MachineArguments(edge, PopOf(edge)), "--http", $"{edge.Address}:80", "--https", $"{edge.Address}:443",
    ]);

    public Task StartRegionalAsync() => Regional.StartFrontierAsync(["run", "regional", .. MachineArguments(Regional, RegionalPop)]);

    /// <summary>Returns when the control plane hears all machines, which it does of one that was away as soon as that one has caught up.</summary>
    public Task AllHeardAsync() => Eventually.IsTrueAsync(async () => await Api.CountHeardAsync(Lately) == Edges.Count + 1);

    /// <summary>What they say to the control plane is not answered any more; among themselves they go on.</summary>
    public Task CutFromControlAsync(IEnumerable<NetworkHost> machines) => Task.WhenAll(machines.Select(Control.CutFromAsync));

    public Task HealFromControlAsync(IEnumerable<NetworkHost> machines) => Task.WhenAll(machines.Select(Control.HealFromAsync));

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        await _network.DisposeAsync();
        _files.Dispose();
    }

    private string PopOf(NetworkHost edge) => Pops[Edges.Index().First(known => known.Item == edge).Index / 2];

    private string[] MachineArguments(NetworkHost machine, string pop) =>
    [
        "--data", _files[machine.Name], "--control", $"https://{Control.Address}:8404", "--pop", pop, "--token", TokenFile(machine), "--tier", $"{machine.Address}:8405",
        "--allow-private-origins", "--cache-memory", "32M", "--cache-disk", "256M",
    ];

    private string TokenFile(NetworkHost machine) => _files[$"token-{machine.Name}"];

    private async Task StartAllAsync()
    {
        File.SetUnixFileMode(_files.Path, (UnixFileMode)0b111_001_001); // nginx's workers and PostgreSQL are other users
        Origin = new SiteOrigin(await _network.AddHostAsync("origin", SiteOrigin.Domain), _files);
        Store = new StoreServer(await _network.AddHostAsync("store"), _files);
        Control = await _network.AddHostAsync("control");
        Regional = await _network.AddHostAsync("regional");
        var edges = new List<NetworkHost>();
        foreach (var pop in Pops)
        {
            edges.Add(await _network.AddHostAsync($"{pop}-a"));
            edges.Add(await _network.AddHostAsync($"{pop}-b"));
        }

        Edges = edges;
        SteppingClock.PrepareFor(Edges[WillBeAhead], _files);
        SteppingClock.PrepareFor(Edges[WillBeBehind], _files);
        Origin.Publish();
        await Store.MakeAsync(Control.Address);
        await Task.WhenAll(Origin.StartAsync(), Store.StartAsync());
        await StartControlAsync();
        Api = new FleetApi(Key, new Uri($"http://{Control.Address}:8400"));
        foreach (var pop in Pops)
        {
            await Api.MakePopAsync(pop);
        }

        await WriteTokenAsync("regional", Regional, RegionalPop);
        foreach (var edge in Edges)
        {
            await WriteTokenAsync("edge", edge, PopOf(edge));
        }

        await Task.WhenAll([StartRegionalAsync(), .. Edges.Select(StartEdgeAsync)]);
    }

    private async Task WriteTokenAsync(string role, NetworkHost machine, string pop)
    {
        await File.WriteAllTextAsync(TokenFile(machine), await Api.MakeTokenAsync(role, pop));
        File.SetUnixFileMode(TokenFile(machine), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
