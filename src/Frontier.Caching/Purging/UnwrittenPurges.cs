// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Purging;

/// <summary>
/// Purges in effect that the journal does not have yet. The line is bounded: when more come than it holds, or a write fails, it is
/// cut off, and the next write takes the whole ledger, which knows them all. Thread-safe; one at a time takes.
/// </summary>
internal sealed class UnwrittenPurges
{
    /// <summary>A hundred bytes each, and a second or so of a flood.</summary>
    public const int MaxWaiting = 16_384;

    private readonly Lock _gate = new();
    private List<StampedPurge> _line = [];
    private bool _isCut;
    private long _added;
    private long _written;

    /// <summary>What a crash would lose.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _added - _written;
            }
        }
    }

    /// <summary>To be called when the ledger has it: whoever finds the line cut reads it there.</summary>
    public void Add(StampedPurge purge)
    {
        lock (_gate)
        {
            _added++;
            if (_line.Count == MaxWaiting)
            {
                CutCore();
            }
            else if (!_isCut)
            {
                _line.Add(purge);
            }
        }
    }

    /// <summary>What waits, to be written; followed by <see cref="Confirm"/> or <see cref="Cut"/>.</summary>
    public (IReadOnlyList<StampedPurge> Purges, bool IsCut, long Through) Take()
    {
        lock (_gate)
        {
            var taken = (_line, _isCut, _added);
            (_line, _isCut) = ([], false);
            return taken;
        }
    }

    /// <summary>Everything up to there is on disk.</summary>
    public void Confirm(long through)
    {
        lock (_gate)
        {
            _written = through;
        }
    }

    /// <summary>What was taken could not be written.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            CutCore();
        }
    }

    private void CutCore()
    {
        _isCut = true;
        _line = [];
    }
}
