// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;

namespace Frontier.Control.Rollout;

/// <summary>How one edge fares with the version it serves, and how it fared with the one before. Not thread-safe.</summary>
internal sealed class HealthRecord
{
    /// <summary>Reports that count: two minutes of them at the usual pace. Older ones say nothing of now.</summary>
    private const int MostReports = 24;

    private readonly Queue<NodeHealth> _reports = new(MostReports);
    private long _version;

    /// <summary>With the version before; empty where none was seen.</summary>
    public HealthSum Before { get; private set; }

    public HealthSum Now => HealthSum.Of(_reports);

    /// <param name="version">The version that it serves.</param>
    public void Add(long version, NodeHealth? health)
    {
        if (version != _version)
        {
            // A report speaks of the time before it: the first of a version is mostly about the one before.
            Take(health);
            Before = Now.Requests > 0 ? Now : Before;
            _reports.Clear();
            _version = version;
            return;
        }

        Take(health);
    }

    private void Take(NodeHealth? health)
    {
        if (health is not { Requests: >= 0, ServerErrors: >= 0 })
        {
            return;
        }

        if (_reports.Count == MostReports)
        {
            _reports.Dequeue();
        }

        _reports.Enqueue(health);
    }
}
