// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Frontier.Decisions.Routing;

/// <summary>Round trips that were measured between networks of viewers and points of presence. Immutable.</summary>
public sealed class LatencyTable
{
    public static readonly LatencyTable Empty = new([]);

    /// <summary>Bounds what a file can make a machine remember: about 100 bytes each.</summary>
    public const int MostEntries = 1_000_000;

    private readonly FrozenDictionary<(IPNetwork Network, string Pop), double> _milliseconds;
    private readonly int[] _lengths;
    private readonly int[] _lengths6;

    private LatencyTable(Dictionary<(IPNetwork Network, string Pop), double> milliseconds)
    {
        _milliseconds = milliseconds.ToFrozenDictionary();
        _lengths = LengthsOf(AddressFamily.InterNetwork);
        _lengths6 = LengthsOf(AddressFamily.InterNetworkV6);
    }

    /// <summary>
    /// Reads lines of <c>network,pop,milliseconds</c>, e.g. <c>203.0.113.0/24,fra1,12.5</c>; empty ones and those that begin with
    /// <c>#</c> are skipped. Null, with every fault and its line, when one cannot be read.
    /// </summary>
    public static LatencyTable? Parse(IEnumerable<string> lines, ICollection<string> faults)
    {
        var milliseconds = new Dictionary<(IPNetwork, string), double>();
        var before = faults.Count;
        foreach (var (number, line) in lines.Index())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.Split(',', StringSplitOptions.TrimEntries) is [var network, { Length: > 0 } pop, var time]
                && IPNetwork.TryParse(network, out var parsed)
                && double.TryParse(time, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var measured))
            {
                milliseconds[(parsed, pop)] = measured;
            }
            else
            {
                faults.Add($"Line {number + 1} is not network,pop,milliseconds such as 203.0.113.0/24,fra1,12.5.");
            }

            if (milliseconds.Count > MostEntries)
            {
                faults.Add($"There are more than {MostEntries:N0} entries.");
                break;
            }
        }

        return faults.Count == before ? new LatencyTable(milliseconds) : null;
    }

    /// <summary>Of the networks that hold the client, the smallest that was measured; null where none was.</summary>
    public double? Find(IPAddress client, string pop)
    {
        foreach (var length in client.AddressFamily == AddressFamily.InterNetwork ? _lengths : _lengths6)
        {
            if (_milliseconds.TryGetValue((ClientNetwork.Of(client, length), pop), out var measured))
            {
                return measured;
            }
        }

        return null;
    }

    /// <summary>Longest first.</summary>
    private int[] LengthsOf(AddressFamily family) =>
        [.. _milliseconds.Keys.Where(key => key.Network.BaseAddress.AddressFamily == family).Select(static key => key.Network.PrefixLength).Distinct().OrderDescending()];
}
