// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Decisions.Routing;
using Frontier.Dns;
using Frontier.Protocols.Dns;

namespace Frontier.Hosting;

/// <summary>How DNS is served, as the operator says it. Every fault is collected.</summary>
internal sealed class DnsSettings
{
    public const string Listen = "dns";
    public const string DefaultListen = "127.0.0.1:8453";
    public const string Transfer = "dns-transfer";
    public const string Sign = "dns-sign";
    public const string Latencies = "latencies";
    public const string Websites = "websites";

    /// <summary>As many addresses as an answer has room for.</summary>
    public const int MostWebsites = 16;

    private const int Million = 1_000_000;

    /// <summary>Of a file; whoever mends these sees the next.</summary>
    private const int MostFaults = 10;

    private static readonly DnsOptions Default = new() { Endpoints = [], Directory = "", NodeId = "" };

    private static readonly OverloadNumber RateLimit = new("dns-rate-limit", "Answers of one kind to one network a second over UDP", Default.AnswersPerSecond, 0, Million);
    private static readonly OverloadNumber LogEvery = new("dns-log-every", "Every so manieth query is written to dns/queries.log in --data; none where this is not given", Default.LogEvery, 1, Million);

    private DnsSettings(IReadOnlyDictionary<string, string> values, IPEndPoint endpoint, ImmutableArray<IPNetwork> transfers, string directory, List<string> faults)
    {
        (Endpoint, TransferNetworks) = (endpoint, transfers);
        AnswersPerSecond = RateLimit.Read(values, faults, int.MaxValue);
        LoggedEvery = LogEvery.Read(values, faults, int.MaxValue);
        SignedZones = Signed(values.GetValueOrDefault(Sign, ""), Path.Combine(directory, "keys"), faults);
        WebsiteAddresses = AddressesIn(values.GetValueOrDefault(Websites, ""), faults);
        Measured = MeasuredIn(values.GetValueOrDefault(Latencies, ""), faults);
        Directory = directory;
    }

    public static ImmutableArray<OverloadNumber> Numbers { get; } = [RateLimit, LogEvery];

    public IPEndPoint Endpoint { get; }

    public ImmutableArray<IPNetwork> TransferNetworks { get; }

    public int AnswersPerSecond { get; }

    public int LoggedEvery { get; }

    public ImmutableArray<SignedZone> SignedZones { get; }

    /// <summary>Where viewers find the websites of buckets; empty for nothing said.</summary>
    public ImmutableArray<IPAddress> WebsiteAddresses { get; }

    /// <summary>Round trips between networks and points of presence that the operator knows.</summary>
    public LatencyTable Measured { get; }

    /// <summary>The server's own, in the data directory.</summary>
    public string Directory { get; }

    public static DnsSettings Read(IReadOnlyDictionary<string, string> values, IPEndPoint endpoint, ImmutableArray<IPNetwork> transfers, string data, List<string> faults) =>
        new(values, endpoint, transfers, Path.Combine(data, "dns"), faults);

    private static ImmutableArray<IPAddress> AddressesIn(string text, List<string> faults)
    {
        var addresses = new HashSet<IPAddress>();
        foreach (var part in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(part, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            {
                addresses.Add(address);
            }
            else
            {
                faults.Add($"--{Websites} is \"{part}\": give an IP address by which viewers reach the bucket server, such as 192.0.2.20; repeatable.");
            }
        }

        if (addresses.Count > MostWebsites)
        {
            faults.Add($"--{Websites} has {addresses.Count} addresses: give at most {MostWebsites}.");
        }

        return [.. addresses];
    }

    /// <summary>Read once: whoever changes the file starts the server anew.</summary>
    private static LatencyTable MeasuredIn(string file, List<string> faults)
    {
        if (file.Length == 0)
        {
            return LatencyTable.Empty;
        }

        try
        {
            var found = new List<string>();
            var table = LatencyTable.Parse(File.ReadLines(file), found);
            faults.AddRange(found.Take(MostFaults).Select(fault => $"--{Latencies} is \"{file}\": {fault}"));
            return table ?? LatencyTable.Empty;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add($"--{Latencies} is \"{file}\": it cannot be read ({error.Message}); give a file with lines of network,pop,milliseconds.");
            return LatencyTable.Empty;
        }
    }

    /// <summary>Zones as <c>example.com</c>, whose key is made, or <c>example.com=FILE</c>.</summary>
    private static ImmutableArray<SignedZone> Signed(string text, string keys, List<string> faults)
    {
        var zones = ImmutableArray.CreateBuilder<SignedZone>();
        foreach (var part in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? part : part[..equals]).TrimEnd('.').ToLowerInvariant();
            if (!DnsName.TryParse(name, out _) || name.Contains('/', StringComparison.Ordinal) || equals == part.Length - 1)
            {
                faults.Add($"--{Sign} is \"{part}\": give the name of a zone such as example.com, or with the file of its key, example.com=key.pem.");
                continue;
            }

            zones.Add(new SignedZone(name, equals < 0 ? Path.Combine(keys, $"{name}.pem") : Path.GetFullPath(part[(equals + 1)..])));
        }

        return zones.DrainToImmutable();
    }
}
