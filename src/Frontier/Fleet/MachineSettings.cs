// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using Frontier.Contracts.Fleet;
using Frontier.Hosting;

namespace Frontier.Fleet;

/// <summary>What an operator says of a machine of the fleet, beside <see cref="UpSettings"/>. Every fault is collected, none hides another.</summary>
internal sealed class MachineSettings
{
    public const string NoTier = "none";
    public const string DefaultTier = "0.0.0.0:8405";

    private const int OrdinaryWeight = 100;
    private const int MostWeight = 1_000;

    private readonly List<string> _faults = [];

    private MachineSettings(Dictionary<string, string> values, NodeRole role)
    {
        var reader = new SettingReader(values, _faults);
        Role = role;
        Controls = ReadControls(reader.Text("control", ""));
        Pop = reader.Text("pop", "");
        if (Pop.Length == 0)
        {
            _faults.Add("--pop is missing: name the point of presence that this machine stands in, such as fra1. \"frontier pop list\" shows those there are.");
        }

        TokenFile = reader.Text("token", "") is { Length: > 0 } file ? Path.GetFullPath(file) : null;
        Weight = reader.Count("weight", OrdinaryWeight, MostWeight);
        Advertised = ReadAddresses(reader.Text("advertise", ""));
        Tier = role is NodeRole.Dns || reader.Text("tier", DefaultTier) == NoTier ? null : reader.Address("tier", DefaultTier);
    }

    public IReadOnlyList<string> Faults => _faults;

    public NodeRole Role { get; }

    /// <summary>Listeners of control planes; the next is asked where one does not answer.</summary>
    public ImmutableArray<Uri> Controls { get; }

    public string Pop { get; }

    /// <summary>For the first start; null later.</summary>
    public string? TokenFile { get; }

    public int Weight { get; }

    /// <summary>As the operator says; empty where he says nothing.</summary>
    public ImmutableArray<IPAddress> Advertised { get; }

    /// <summary>Where other machines of the fleet are listened to; null for nowhere.</summary>
    public IPEndPoint? Tier { get; }

    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    public static MachineSettings Read(IReadOnlyDictionary<string, string?> flags, NodeRole role) => new(UpSettings.Merge(flags), role);

    /// <summary>What this machine says of itself. The ports of viewers' listeners are told once they listen.</summary>
    /// <param name="listeners">Those that viewers or resolvers are to reach, each with its flag; a wildcard among them needs <c>--advertise</c>.</param>
    /// <param name="faults">Gets what is wrong.</param>
    public NodeFacts ToFacts(IReadOnlyList<(string Flag, IPEndPoint Address)> listeners, List<string> faults)
    {
        var addresses = Advertised;
        if (addresses.IsEmpty)
        {
            foreach (var (flag, address) in listeners.Where(static listener => IsWildcard(listener.Address)))
            {
                faults.Add($"{flag} {address} listens on every address, so it does not say by which one this machine is reached: name that with --advertise, such as --advertise 192.0.2.10.");
            }

            addresses = [.. listeners.Select(static listener => listener.Address.Address).Distinct()];
        }

        if (Tier is { } wide && IsWildcard(wide) && Advertised.IsEmpty && listeners.Count == 0)
        {
            faults.Add($"--tier {wide} listens on every address, so it does not say by which one other machines reach it: name that with --advertise, or listen on one address with --tier.");
        }

        var tier = Tier is not { } endpoint ? null
            : !IsWildcard(endpoint) ? endpoint.ToString()
            : addresses.IsEmpty ? null
            : new IPEndPoint(addresses[0], endpoint.Port).ToString();
        return new NodeFacts
        {
            Role = Role,
            ProgramVersion = ProgramVersion,
            Addresses = [.. addresses.Select(static address => address.ToString())],
            Tier = tier,
            Weight = Weight,
        };
    }

    /// <inheritdoc cref="ToFacts"/>
    /// <exception cref="StartException">They do not say how the machine is reached; the message has every fault.</exception>
    public NodeFacts FactsOf(IReadOnlyList<(string Flag, IPEndPoint Address)> listeners)
    {
        var faults = new List<string>();
        var facts = ToFacts(listeners, faults);
        return faults.Count == 0 ? facts : throw new StartException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>As <c>frontier --version</c> tells it.</summary>
    public static string ProgramVersion { get; } = typeof(MachineSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static bool IsWildcard(IPEndPoint endpoint) => endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any);

    private ImmutableArray<Uri> ReadControls(string text)
    {
        var controls = ImmutableArray.CreateBuilder<Uri>();
        foreach (var part in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Uri.TryCreate(part, UriKind.Absolute, out var url) && url.Scheme is "https" && url.PathAndQuery == "/" && url.Port != 0)
            {
                controls.Add(url);
            }
            else
            {
                _faults.Add($"--control is \"{part}\": give the https URL of a control plane's listener for machines, without a path, such as https://control.example.com:8404.");
            }
        }

        if (controls.Count == 0 && _faults.Count == 0)
        {
            _faults.Add("--control is missing: give the https URL of a control plane's listener for machines (--fleet), such as https://control.example.com:8404; more of them where there are several.");
        }

        return controls.DrainToImmutable();
    }

    private ImmutableArray<IPAddress> ReadAddresses(string text)
    {
        var addresses = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var part in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(part, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            {
                addresses.Add(address);
            }
            else
            {
                _faults.Add($"--advertise is \"{part}\": give an IP address by which this machine is reached, such as 192.0.2.10; repeatable.");
            }
        }

        return addresses.DrainToImmutable();
    }
}
