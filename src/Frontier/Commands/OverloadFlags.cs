// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Hosting;

namespace Frontier.Commands;

/// <summary>The flags of <c>frontier up</c> that say how much an edge lets viewers take (<c>docs/operations/ddos.md</c>).</summary>
internal sealed class OverloadFlags
{
    private readonly List<(string Name, Option<string?> Option)> _numbers = [.. OverloadSettings.Numbers.Select(static number => (number.Name, new Option<string?>($"--{number.Name}") { Description = number.Describe() }))];
    private readonly Option<string?> _memoryLimit = new($"--{OverloadSettings.MemoryLimit}") { Description = "Memory the process may have, e.g. 4G: misses are answered 503 above nine tenths of it. Default: what the container or machine has" };
    private readonly Option<string[]> _exempt = new($"--{OverloadSettings.Exempt}") { Description = "Network whose addresses meet no limit of their own, such as a proxy without the PROXY protocol; repeatable, \"none\" for none. Default 127.0.0.1/32 ::1/128" };

    public IEnumerable<Option> All => [.. _numbers.Select(static number => number.Option), _memoryLimit, _exempt];

    public IEnumerable<KeyValuePair<string, string?>> Read(ParseResult parsed) =>
    [
        .. _numbers.Select(number => KeyValuePair.Create(number.Name, parsed.GetValue(number.Option))),
        KeyValuePair.Create(OverloadSettings.MemoryLimit, parsed.GetValue(_memoryLimit)),
        KeyValuePair.Create(OverloadSettings.Exempt, parsed.GetValue(_exempt) is { Length: > 0 } networks ? string.Join(' ', networks) : null),
    ];
}
