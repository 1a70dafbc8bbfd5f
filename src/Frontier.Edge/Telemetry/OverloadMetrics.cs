// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.Metrics;
using Frontier.Edge.Shedding;
using Frontier.Http.Limits;

namespace Frontier.Edge.Telemetry;

/// <summary>Who was turned away and why, and what is under way, as instruments of the meter of <see cref="CacheMetrics"/>.</summary>
internal sealed class OverloadMetrics : IDisposable
{
    /// <param name="connections">How many there are.</param>
    public OverloadMetrics(Func<int> connections, MissGate misses, MemoryWatch memory, Turnaways turnaways)
    {
        Meter = new Meter(CacheMetrics.MeterName);
        Meter.CreateObservableUpDownCounter("frontier.edge.connections", connections, "{connection}", "Viewers' connections, those that rest included.");
        Meter.CreateObservableUpDownCounter("frontier.edge.misses.active", () => misses.UnderWay, "{request}", "Requests with origins.");
        Meter.CreateObservableUpDownCounter("frontier.edge.misses.waiting", () => misses.Waiting, "{request}", "Requests that wait for room to be.");
        Meter.CreateObservableUpDownCounter("frontier.edge.memory.short", () => memory.IsShort ? 1 : 0, "{process}", "1 while misses are turned away for want of memory.");
        Meter.CreateObservableCounter(
            "frontier.edge.viewers.refused",
            () => Enum.GetValues<ViewerLimit>().Select(limit => new Measurement<long>(turnaways.Of(limit), KeyValuePair.Create<string, object?>("limit", limit.Name))),
            "{refusal}", "Connections closed and requests refused, by the limit they met.");
        Meter.CreateObservableCounter(
            "frontier.edge.misses.shed",
            () => Enum.GetValues<MissRefusal>().Select(reason => new Measurement<long>(turnaways.Of(reason), KeyValuePair.Create<string, object?>("reason", reason.Name))),
            "{request}", "Requests answered 503 without their origin having been asked, by the reason.");
    }

    internal Meter Meter { get; }

    public void Dispose() => Meter.Dispose();
}
