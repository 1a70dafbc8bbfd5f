// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Hosting;

namespace Frontier.Commands;

/// <summary>The flags of <c>frontier up</c> and <c>frontier run dns</c> that say how DNS is served (<c>docs/dns.md</c>).</summary>
internal sealed class DnsFlags
{
    private readonly Option<string?> _listen = new($"--{DnsSettings.Listen}") { Description = $"Address where DNS is served, over UDP and TCP. Default {DnsSettings.DefaultListen}" };
    private readonly Option<string[]> _transfer = new($"--{DnsSettings.Transfer}") { Description = "Network that may have whole zones (AXFR over TCP); repeatable. Default: nobody" };
    private readonly Option<string[]> _sign = new($"--{DnsSettings.Sign}") { Description = "Zone that is signed with DNSSEC, as example.com, or with its key, example.com=key.pem; repeatable. Default: none" };
    private readonly Option<string?> _latencies = new($"--{DnsSettings.Latencies}") { Description = "File with measured round trips, a line of network,pop,milliseconds each, which count more than distances" };
    private readonly Option<string[]> _websites = new($"--{DnsSettings.Websites}") { Description = "Address at which viewers find the websites of buckets, for aliases to them; repeatable. Default that of the bucket server beside; none in a fleet" };
    private readonly List<(string Name, Option<string?> Option)> _numbers = [.. DnsSettings.Numbers.Select(static number => (number.Name, new Option<string?>($"--{number.Name}") { Description = number.Describe() }))];

    public IEnumerable<Option> All => [_listen, _transfer, _sign, _latencies, _websites, .. _numbers.Select(static number => number.Option)];

    public IEnumerable<KeyValuePair<string, string?>> Read(ParseResult parsed) =>
    [
        KeyValuePair.Create(DnsSettings.Listen, parsed.GetValue(_listen)),
        KeyValuePair.Create(DnsSettings.Transfer, parsed.GetValue(_transfer) is { Length: > 0 } networks ? string.Join(' ', networks) : null),
        KeyValuePair.Create(DnsSettings.Sign, parsed.GetValue(_sign) is { Length: > 0 } zones ? string.Join(' ', zones) : null),
        KeyValuePair.Create(DnsSettings.Latencies, parsed.GetValue(_latencies)),
        KeyValuePair.Create(DnsSettings.Websites, parsed.GetValue(_websites) is { Length: > 0 } websites ? string.Join(' ', websites) : null),
        .. _numbers.Select(number => KeyValuePair.Create(number.Name, parsed.GetValue(number.Option))),
    ];
}
