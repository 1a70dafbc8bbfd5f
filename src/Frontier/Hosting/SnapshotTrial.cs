// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Hosting;

/// <summary>Compiles every snapshot as an edge will, beside the one before: parts that did not change cost nothing. One caller at a time.</summary>
internal sealed class SnapshotTrial
{
    private RoutingTable? _last;

    /// <summary>Why no edge would load it; empty when all would.</summary>
    public IReadOnlyList<string> Faults(ConfigSnapshot snapshot)
    {
        var result = SnapshotCompiler.Compile(snapshot, _last);
        _last = result.Table ?? _last;
        return result.Faults;
    }
}
