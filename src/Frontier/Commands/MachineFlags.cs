// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Contracts.Fleet;
using Frontier.Fleet;

namespace Frontier.Commands;

/// <summary>The flags of a machine that joins a fleet.</summary>
internal sealed class MachineFlags
{
    private readonly Option<string[]> _control = new("--control") { Description = "https URL of a control plane's listener for machines (its --fleet); repeatable, the next is asked where one does not answer" };
    private readonly Option<string?> _pop = new("--pop") { Description = "The point of presence that this machine stands in, such as fra1" };
    private readonly Option<string?> _token = new("--token") { Description = "File with a token from \"frontier fleet token\"; for the first start" };
    private readonly Option<string[]> _advertise = new("--advertise") { Description = "IP address by which this machine is reached; repeatable. Default: the addresses it listens on, where they are no wildcards" };
    private readonly Option<string?> _weight = new("--weight") { Description = "How much it can do beside others, 1 to 1000. Default 100" };
    private readonly Option<string?> _tier = new("--tier") { Description = $"Address where other machines of the fleet ask for objects, or \"{MachineSettings.NoTier}\". Default {MachineSettings.DefaultTier}" };

    private MachineFlags()
    {
    }

    /// <param name="role">A DNS server serves no objects, so that it has fewer.</param>
    public static MachineFlags AddTo(Command command, NodeRole role)
    {
        var flags = new MachineFlags();
        IEnumerable<Option> serving = role is NodeRole.Dns ? [] : [flags._weight, flags._tier];
        foreach (var option in (IEnumerable<Option>)[flags._control, flags._pop, flags._token, flags._advertise, .. serving])
        {
            command.Options.Add(option);
        }

        return flags;
    }

    public MachineSettings Read(ParseResult parsed, NodeRole role) => MachineSettings.Read(
        new Dictionary<string, string?>
        {
            ["control"] = Join(parsed.GetValue(_control)),
            ["pop"] = parsed.GetValue(_pop),
            ["token"] = parsed.GetValue(_token),
            ["advertise"] = Join(parsed.GetValue(_advertise)),
            ["weight"] = parsed.GetValue(_weight),
            ["tier"] = parsed.GetValue(_tier),
        }, role);

    private static string? Join(string[]? values) => values is { Length: > 0 } ? string.Join(' ', values) : null;
}
