// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Memory;

/// <summary>A first-in-first-out queue threaded through the objects themselves, with removal from anywhere. Used under the tier's lock only.</summary>
internal sealed class ObjectQueue
{
    private CachedObject? _newest;

    public CachedObject? Oldest { get; private set; }

    public long Bytes { get; private set; }

    public int Count { get; private set; }

    public void Add(CachedObject item)
    {
        item.Older = _newest;
        item.Newer = null;
        item.Queue = this;
        if (_newest is null)
        {
            Oldest = item;
        }
        else
        {
            _newest.Newer = item;
        }

        _newest = item;
        Bytes += item.Charge;
        Count++;
    }

    public void Remove(CachedObject item)
    {
        if (item.Older is null)
        {
            Oldest = item.Newer;
        }
        else
        {
            item.Older.Newer = item.Newer;
        }

        if (item.Newer is null)
        {
            _newest = item.Older;
        }
        else
        {
            item.Newer.Older = item.Older;
        }

        item.Older = item.Newer = null;
        item.Queue = null;
        Bytes -= item.Charge;
        Count--;
    }
}
