// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;

namespace Frontier.Control.Fleet;

/// <summary>Which part of the directory a role gets, and what tells one directory from another. Pure.</summary>
internal static class DirectoryViews
{
    /// <summary>
    /// An edge: the edges of its own point of presence, itself among them, and every regional cache. A regional cache: whom it serves and
    /// asks, without loads, which it has no use for and which would make it another one every few seconds. DNS: all.
    /// </summary>
    public static FleetDirectory Of(FleetDirectory whole, NodeRole role, string pop) => role switch
    {
        NodeRole.Edge => Only(whole, node => node.Facts.Role is NodeRole.Regional || (node.Facts.Role is NodeRole.Edge && node.Pop == pop), pop),
        NodeRole.Regional => Only(whole with { Nodes = [.. whole.Nodes.Select(static node => node with { Load = 0 })] }, static node => node.Facts.Role is NodeRole.Edge or NodeRole.Regional, pop),
        NodeRole.Dns => whole,
    };

    /// <summary>Names the content: in order, so that every control process gives the same the same name.</summary>
    public static FleetDirectory Seal(IEnumerable<PopConfig> pops, IEnumerable<NodeConfig> nodes)
    {
        var directory = FleetDirectory.Empty with
        {
            Pops = [.. pops.OrderBy(static pop => pop.Name, StringComparer.Ordinal)],
            Nodes = [.. nodes.OrderBy(static node => node.Id, StringComparer.Ordinal)],
        };
        return directory is { Pops.IsEmpty: true, Nodes.IsEmpty: true }
            ? FleetDirectory.Empty
            : directory with { Revision = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(directory, ContractsJson.Default.FleetDirectory))) };
    }

    /// <summary>With the points of presence that the machines stand in, and the own one.</summary>
    private static FleetDirectory Only(FleetDirectory whole, Func<NodeConfig, bool> condition, string pop)
    {
        var nodes = whole.Nodes.Where(condition).ToImmutableArray();
        var named = nodes.Select(static node => node.Pop).Append(pop).ToHashSet(StringComparer.Ordinal);
        return Seal(whole.Pops.Where(known => named.Contains(known.Name)), nodes);
    }
}
