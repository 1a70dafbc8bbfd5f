// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Dns.Explaining;
using Frontier.Hosting;
using Frontier.Protocols.Dns;

namespace Frontier.Explaining;

/// <summary>What <c>frontier explain --dns</c> was asked. Every fault is collected, none hides another.</summary>
internal sealed class DnsExplainSettings
{
    private static readonly string[] Types = ["A", "AAAA", "HTTPS"];

    private readonly List<string> _faults = [];

    private DnsExplainSettings(string name, string? url, string type, Dictionary<string, string> values)
    {
        Data = Path.GetFullPath(values.GetValueOrDefault("data", "./frontier-data"));
        var client = values.GetValueOrDefault("client", IPAddress.Loopback.ToString());
        Question = new DnsQuestion(name.TrimEnd('.').ToLowerInvariant(), client, type.ToUpperInvariant());
        if (!DnsName.TryParse(Question.Name, out var parsed) || parsed.IsRoot)
        {
            _faults.Add($"--dns is \"{name}\": give the name of a host, such as www.example.com.");
        }

        if (!IPAddress.TryParse(client, out _))
        {
            _faults.Add($"--client is \"{client}\": give an IP address, such as 203.0.113.7.");
        }

        if (!Types.Contains(Question.Type))
        {
            _faults.Add($"--type is \"{type}\": give A, AAAA or HTTPS.");
        }

        if (url is not null)
        {
            _faults.Add($"\"{url}\" is not explained with --dns: give the name alone, as --dns www.example.com, or the URL without --dns.");
        }
    }

    public IReadOnlyList<string> Faults => _faults;

    public string Data { get; }

    public DnsQuestion Question { get; }

    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    public static DnsExplainSettings Read(string name, string? url, string type, IReadOnlyDictionary<string, string?> flags) => new(name, url, type, UpSettings.Merge(flags));
}
