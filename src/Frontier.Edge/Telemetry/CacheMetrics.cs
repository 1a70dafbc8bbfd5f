// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.Metrics;
using Frontier.Caching;

namespace Frontier.Edge.Telemetry;

/// <summary>
/// The cache's counters and sizes as instruments of the meter <c>Frontier.Edge</c>: <c>dotnet-counters</c> and OpenTelemetry read
/// them. They are looked up when somebody asks, and cost nothing before.
/// </summary>
internal sealed class CacheMetrics : IDisposable
{
    public const string MeterName = "Frontier.Edge";

    private readonly Func<CacheStatistics> _read;

    public CacheMetrics(Func<CacheStatistics> read)
    {
        _read = read;
        Meter = new Meter(MeterName);
        Counter("frontier.edge.cache.hits", "{lookup}", "Look-ups that found an object.", static cache => cache.Hits);
        Counter("frontier.edge.cache.misses", "{lookup}", "Look-ups that found none.", static cache => cache.Misses);
        Counter("frontier.edge.cache.purged", "{object}", "Objects dropped because a purge matched them.", static cache => cache.Purged);
        Counter("frontier.edge.cache.fills.not_stored", "{fill}", "Fills that were streamed but not kept.", static cache => cache.FillsNotStored);
        Counter("frontier.edge.cache.memory.evictions", "{object}", "Objects that made room in memory.", static cache => cache.MemoryEvictions);
        Counter("frontier.edge.cache.disk.hits", "{lookup}", "Look-ups answered from disk.", static cache => cache.DiskHits);
        Counter("frontier.edge.cache.disk.errors", "{error}", "Reads and writes that the disk refused.", static cache => cache.DiskErrors);
        Counter("frontier.edge.cache.disk.checksum_failures", "{record}", "Records that were not what had been written.", static cache => cache.ChecksumFailures);
        Gauge("frontier.edge.cache.memory.objects", "{object}", "Objects in memory.", static cache => cache.MemoryObjects);
        Gauge("frontier.edge.cache.memory.size", "By", "Taken by objects in memory, heads and keys included.", static cache => cache.MemoryBytes);
        Gauge("frontier.edge.cache.disk.records", "{record}", "Objects on disk, and blocks of large ones.", static cache => cache.DiskRecords);
        Gauge("frontier.edge.cache.disk.size", "By", "Taken on disk.", static cache => cache.DiskBytes);
        Gauge("frontier.edge.cache.purges.pending", "{purge}", "Purges whose objects are not all gone yet.", static cache => cache.PurgePatterns);
        Gauge("frontier.edge.cache.purges.unwritten", "{purge}", "Purges in effect that are not on disk yet, so that a crash would undo them.", static cache => cache.PurgesUnwritten);
    }

    /// <summary>One of the same name for each edge of the process.</summary>
    internal Meter Meter { get; }

    public void Dispose() => Meter.Dispose();

    private void Counter(string name, string unit, string description, Func<CacheStatistics, long> value) =>
        Meter.CreateObservableCounter(name, () => value(_read()), unit, description);

    private void Gauge(string name, string unit, string description, Func<CacheStatistics, long> value) =>
        Meter.CreateObservableUpDownCounter(name, () => value(_read()), unit, description);
}
