// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;
using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// A network of machines on this one: each a network namespace with an address of its own, all on one bridge, on which this process stands as the
/// world's viewers. What it makes carries the number of this process; what a process left behind that is gone is removed by the next.
/// </summary>
internal sealed partial class Network : IAsyncDisposable
{
    /// <summary>Short, since names of links have fifteen characters.</summary>
    private const string Prefix = "frn";

    /// <summary>Files below it stand in the place of those in /etc for the programs of a namespace.</summary>
    private const string FilesOfNamespaces = "/etc/netns";

    /// <summary>That of this process itself.</summary>
    private const int LastNumber = 254;

    private static readonly int Process = Environment.ProcessId;

    /// <summary>Of the range for tests of network devices (RFC 2544), which no network uses.</summary>
    private static readonly string Subnet = string.Create(CultureInfo.InvariantCulture, $"198.{18 + (Process / 256 % 2)}.{Process % 256}");

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Process}");
    private readonly List<NetworkHost> _hosts = [];
    private readonly Dictionary<string, IPAddress> _names = [];

    private Network()
    {
    }

    /// <summary>
    /// Addresses that viewers come from, a continent each: Europe, America, Asia. Each is of a network of its own (RFC 5737), by which
    /// DNS servers tell them apart.
    /// </summary>
    public static IReadOnlyList<IPAddress> Viewers { get; } = [.. new[] { "203.0.113.207", "198.51.100.207", "192.0.2.207" }.Select(IPAddress.Parse)];

    /// <summary>Null where namespaces cannot be made: that takes root, and the right to administer the network.</summary>
    public static async Task<Network?> TryCreateAsync()
    {
        if (!Environment.IsPrivilegedProcess || !Command.Exists("ip"))
        {
            return null;
        }

        await RemoveLeftoversAsync();
        var network = new Network();
        if ((await TryIpAsync($"link add {network._name} type bridge")).ExitCode != 0)
        {
            return null;
        }

        try
        {
            await IpAsync($"addr add {AddressOf(LastNumber)}/24 dev {network._name}");
            foreach (var viewer in Viewers)
            {
                await IpAsync($"addr add {viewer}/32 dev {network._name}");
            }

            await IpAsync($"link set {network._name} up");
            var first = await network.AddHostAsync("probe");
            await network.RemoveAsync(first);
            return network;
        }
        catch (Xunit.Sdk.XunitException)
        {
            await network.DisposeAsync();
            return null;
        }
    }

    /// <param name="name">At most eight characters.</param>
    /// <param name="knownAs">The name by which machines that are added later find it.</param>
    public async Task<NetworkHost> AddHostAsync(string name, string? knownAs = null)
    {
        var number = _hosts.Count == 0 ? 1 : _hosts[^1].Number + 1;
        var host = new NetworkHost(number, $"{_name}-{name}", $"{_name}.{number}", AddressOf(number));
        _hosts.Add(host);
        var files = Path.Combine(FilesOfNamespaces, host.Name);
        Directory.CreateDirectory(files);
        await File.WriteAllLinesAsync(Path.Combine(files, "hosts"), ["127.0.0.1 localhost", .. _names.Select(static known => $"{known.Value} {known.Key}")]);
        await IpAsync($"netns add {host.Name}");
        await IpAsync($"link add {host.Link} type veth peer name eth0 netns {host.Name}");
        await IpAsync($"link set {host.Link} master {_name} up");
        await IpAsync($"-n {host.Name} addr add {host.Address}/24 dev eth0");
        await IpAsync($"-n {host.Name} link set eth0 up");
        await IpAsync($"-n {host.Name} link set lo up");
        foreach (var viewer in Viewers)
        {
            await IpAsync($"-n {host.Name} route add {viewer} dev eth0");
        }

        if (knownAs is not null)
        {
            _names[knownAs] = host.Address;
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.ToList())
        {
            await RemoveAsync(host);
        }

        await TryIpAsync($"link delete {_name}");
    }

    /// <exception cref="Xunit.Sdk.XunitException">It failed; the message tells how.</exception>
    internal static async Task IpAsync(string arguments)
    {
        var result = await TryIpAsync(arguments);
        Assert.True(result.ExitCode == 0, $"ip {arguments}: {result.Everything}");
    }

    private static Task<CommandResult> TryIpAsync(string arguments) => Command.RunAsync("ip", arguments.Split(' '), FrontierProcess.Patience);

    private static IPAddress AddressOf(int number) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{Subnet}.{number}"));

    private async Task RemoveAsync(NetworkHost host)
    {
        await host.KillAsync();
        await TryIpAsync($"link delete {host.Link}"); // with its namespace it would go some time later, and the next story has links of the same names
        await RemoveNamespaceAsync(host.Name);
        _hosts.Remove(host);
    }

    private static async Task RemoveNamespaceAsync(string name)
    {
        await TryIpAsync($"netns delete {name}"); // its link goes with it
        var files = Path.Combine(FilesOfNamespaces, name);
        if (Directory.Exists(files))
        {
            Directory.Delete(files, recursive: true);
        }
    }

    private static async Task RemoveLeftoversAsync()
    {
        foreach (var name in Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns").Select(static path => Path.GetFileName(path)).Where(IsLeftOver) : [])
        {
            await NetworkHost.KillAllAsync(name);
            await RemoveNamespaceAsync(name);
        }

        foreach (var bridge in NetworkInterface.GetAllNetworkInterfaces().Where(static link => IsLeftOver(link.Name)))
        {
            await TryIpAsync($"link delete {bridge.Name}");
        }
    }

    private static bool IsLeftOver(string name) => OwnerOf.Match(name) is { Success: true } owner && !Directory.Exists($"/proc/{owner.Groups[1].Value}");

    [GeneratedRegex($"^{Prefix}([0-9]+)(-|$)", RegexOptions.CultureInvariant)]
    private static partial Regex OwnerOf { get; }
}
