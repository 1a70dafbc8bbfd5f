// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.Metrics;
using Frontier.Caching;
using Frontier.Edge.Telemetry;

namespace Frontier.Edge.Tests.Telemetry;

/// <summary>The cache's statistics as instruments, as a collector sees them.</summary>
public sealed class CacheMetricsTests
{
    [Fact]
    public void Every_instrument_tells_the_statistic_that_it_is_named_after()
    {
        using var metrics = new CacheMetrics(static () => Statistics);

        Assert.Equal(
            new Dictionary<string, long>
            {
                ["frontier.edge.cache.hits"] = Statistics.Hits,
                ["frontier.edge.cache.misses"] = Statistics.Misses,
                ["frontier.edge.cache.purged"] = Statistics.Purged,
                ["frontier.edge.cache.fills.not_stored"] = Statistics.FillsNotStored,
                ["frontier.edge.cache.memory.evictions"] = Statistics.MemoryEvictions,
                ["frontier.edge.cache.disk.hits"] = Statistics.DiskHits,
                ["frontier.edge.cache.disk.errors"] = Statistics.DiskErrors,
                ["frontier.edge.cache.disk.checksum_failures"] = Statistics.ChecksumFailures,
                ["frontier.edge.cache.memory.objects"] = Statistics.MemoryObjects,
                ["frontier.edge.cache.memory.size"] = Statistics.MemoryBytes,
                ["frontier.edge.cache.disk.records"] = Statistics.DiskRecords,
                ["frontier.edge.cache.disk.size"] = Statistics.DiskBytes,
                ["frontier.edge.cache.purges.pending"] = Statistics.PurgePatterns,
                ["frontier.edge.cache.purges.unwritten"] = Statistics.PurgesUnwritten,
            },
            Observe(metrics));
    }

    [Fact]
    public void Nothing_is_told_after_the_edge_has_ended()
    {
        var metrics = new CacheMetrics(static () => throw new ObjectDisposedException("cache"));
        metrics.Dispose();

        Assert.Empty(Observe(metrics));
    }

    /// <summary>Each another number, so that no two can be taken for each other.</summary>
    private static CacheStatistics Statistics { get; } = new()
    {
        Hits = 1,
        Misses = 2,
        MemoryObjects = 3,
        MemoryBytes = 4,
        SlabBytes = 5,
        MemoryEvictions = 6,
        DiskRecords = 7,
        DiskBytes = 8,
        DiskIndexBytes = 9,
        DiskHits = 10,
        DiskWrites = 11,
        DiskWritesSkipped = 12,
        DiskErrors = 13,
        ChecksumFailures = 14,
        SegmentsRecycled = 15,
        FillsNotStored = 16,
        Purged = 17,
        PurgePatterns = 18,
        PurgesUnwritten = 19,
    };

    private static Dictionary<string, long> Observe(CacheMetrics metrics)
    {
        var observed = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => observed.Add(instrument.Name, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return observed;
    }
}
