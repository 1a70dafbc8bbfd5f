// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Routing;

namespace Frontier.Decisions.Tiers;

/// <summary>A machine that others can ask for objects.</summary>
public sealed class TierNode
{
    private TierNode(NodeConfig config, string host, int port)
    {
        (Id, Host, Port, Load) = (config.Id, host, port, config.Load);
        Weight = Math.Clamp(config.Facts.Weight, 1, 1_000);
        Seed = Lot.SeedOf(config.Id);
    }

    public string Id { get; }

    public string Host { get; }

    public int Port { get; }

    /// <summary>1 to 1,000.</summary>
    public int Weight { get; }

    /// <summary>In percent of what it can do.</summary>
    public int Load { get; }

    /// <summary>The same on every machine.</summary>
    public ulong Seed { get; }

    /// <summary>Null for a machine that is not to be asked: out of service, or without a place to ask it at.</summary>
    public static TierNode? Of(NodeConfig config) =>
        config.State is NodeState.InService && TrySplit(config.Facts.Tier, out var host, out var port) ? new TierNode(config, host, port) : null;

    /// <summary>Takes <c>host:port</c> apart; an address of IPv6 stands in brackets.</summary>
    public static bool TrySplit(string? endpoint, out string host, out int port)
    {
        (host, port) = ("", 0);
        var colon = endpoint?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !int.TryParse(endpoint.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > 65_535)
        {
            return false;
        }

        host = endpoint![..colon].Trim('[', ']');
        return host.Length > 0;
    }
}
