// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Shedding;

/// <summary>
/// Looks once a second whether the process comes near the memory it may have: the container's limit, or the machine's, as the
/// platform tells it, or the operator's own. Above nine tenths of it misses are turned away, which are what memory is taken for; hits
/// are not. It is over below 85 %, so that it does not come and go.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private const double ShortAbove = 0.9;
    private const double EnoughBelow = 0.85;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What the collector has not given back yet counts, too; asked for it more often, it would take all the processor's time.</summary>
    private static readonly TimeSpan BetweenCollections = TimeSpan.FromSeconds(10);

    private readonly Func<long> _usedBytes;
    private readonly long _limitBytes;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _collectedAt;
    private volatile bool _isShort;

    /// <param name="limitBytes">Null for the platform's word.</param>
    /// <param name="usedBytes">What the process has; null for what the system counts as its own.</param>
    public MemoryWatch(long? limitBytes, TimeProvider time, Func<long>? usedBytes = null)
    {
        _limitBytes = limitBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes; // in a container, the collector's share of its limit
        _usedBytes = usedBytes ?? (static () => Environment.WorkingSet);
        _time = time;
        _collectedAt = time.GetTimestamp() - (long)(BetweenCollections.TotalSeconds * time.TimestampFrequency);
        _timer = time.CreateTimer(static watch => ((MemoryWatch)watch!).Look(), this, Interval, Interval);
    }

    /// <summary>Misses are to be turned away.</summary>
    public bool IsShort => _isShort;

    /// <summary>The part of what the process may have that it has.</summary>
    public double Used => (double)_usedBytes() / _limitBytes;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        _isShort = _usedBytes() > _limitBytes * (_isShort ? EnoughBelow : ShortAbove);
        if (_isShort && _time.GetElapsedTime(_collectedAt) >= BetweenCollections)
        {
            _collectedAt = _time.GetTimestamp();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }
    }
}
