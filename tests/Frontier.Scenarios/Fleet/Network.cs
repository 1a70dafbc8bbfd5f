// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Fleet;

/// <summary>A network of machines on this one: each a network namespace with an address of its own, all on one bridge, on which this process stands as the world's viewers.</summary>
internal sealed class Network : IAsyncDisposable
{
    private const string Prefix = "10.77";

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"fr{Environment.ProcessId % 100_000}");
    private readonly List<NetworkHost> _hosts = [];

    private Network()
    {
    }

    /// <summary>Whether this process may make namespaces; where it may not, stories of networks are skipped.</summary>
    public static bool IsAllowed => Environment.IsPrivilegedProcess && Command.Exists("ip");

    /// <summary>Addresses that viewers come from.</summary>
    public static IReadOnlyList<IPAddress> Viewers { get; } = [.. Enumerable.Range(1, 3).Select(static number => IPAddress.Parse($"{Prefix}.200.{number}"))];

    public static async Task<Network> CreateAsync()
    {
        Assert.DoesNotContain(NetworkInterface.GetAllNetworkInterfaces(), static known => known.GetIPProperties().UnicastAddresses.Any(static address => address.Address.ToString().StartsWith(Prefix + ".", StringComparison.Ordinal)));
        var network = new Network();
        await IpAsync($"link add {network._name} type bridge");
        foreach (var viewer in Viewers)
        {
            await IpAsync($"addr add {viewer}/16 dev {network._name}");
        }

        await IpAsync($"link set {network._name} up");
        return network;
    }

    /// <param name="name">At most eight characters.</param>
    public async Task<NetworkHost> AddHostAsync(string name)
    {
        var host = new NetworkHost($"{_name}-{name}", $"{_name}.{_hosts.Count}", IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{Prefix}.1.{_hosts.Count + 1}")));
        _hosts.Add(host);
        await IpAsync($"netns add {host.Namespace}");
        await IpAsync($"link add {host.Link} type veth peer name eth0 netns {host.Namespace}");
        await IpAsync($"link set {host.Link} master {_name} up");
        await IpAsync($"-n {host.Namespace} addr add {host.Address}/16 dev eth0");
        await IpAsync($"-n {host.Namespace} link set eth0 up");
        await IpAsync($"-n {host.Namespace} link set lo up");
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
            await IpAsync($"netns delete {host.Namespace}");
        }

        await IpAsync($"link delete {_name}");
    }

    internal static async Task IpAsync(string arguments)
    {
        var result = await Command.RunAsync("ip", arguments.Split(' '), FrontierProcess.Patience);
        Assert.True(result.ExitCode == 0, $"ip {arguments}: {result.Everything}");
    }
}
