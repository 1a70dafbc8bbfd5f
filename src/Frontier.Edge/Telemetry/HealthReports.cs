// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Edge.Shedding;
using Frontier.Usage.Metering;

namespace Frontier.Edge.Telemetry;

/// <summary>How this edge has fared from one report to the next. The feed's loop alone asks.</summary>
internal sealed class HealthReports(ServingHealth serving, MemoryWatch memory, int mostConnections, TimeProvider time)
{
    private ServingTotals _last = serving.Snapshot();
    private TimeSpan _lastProcessor = Environment.CpuUsage.TotalTime;
    private long _lastAt = time.GetTimestamp();

    /// <summary>How many viewers are connected; nobody before the edge listens.</summary>
    public Func<int> Connections { get; set; } = static () => 0;

    /// <summary>Since the last time it was asked.</summary>
    public NodeHealth Take()
    {
        var totals = serving.Snapshot();
        var since = totals.Since(_last);
        _last = totals;
        return new NodeHealth
        {
            Requests = since.Requests,
            ServerErrors = since.OwnErrors,
            HitMedianMicroseconds = since.HitMicroseconds(0.5),
            HitP99Microseconds = since.HitMicroseconds(0.99),
            LoadPercent = (int)Math.Clamp(100 * Math.Max(Processor(), Math.Max(memory.Used, mostConnections == 0 ? 0 : (double)Connections() / mostConnections)), 0, 100),
        };
    }

    /// <summary>The part of all cores' time that this process had.</summary>
    private double Processor()
    {
        var (used, at) = (Environment.CpuUsage.TotalTime, time.GetTimestamp());
        var elapsed = time.GetElapsedTime(_lastAt, at) * Environment.ProcessorCount;
        var part = elapsed > TimeSpan.Zero ? (used - _lastProcessor) / elapsed : 0;
        (_lastProcessor, _lastAt) = (used, at);
        return part;
    }
}
