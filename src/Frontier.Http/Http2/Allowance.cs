// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>So many at once, and so many a second.</summary>
/// <param name="most">What may be saved up, and is there at first.</param>
internal struct Allowance(int most, int perSecond)
{
    private long _left = most;
    private long _at;

    /// <summary>False when there is not as much left.</summary>
    public bool TryTake(int count, long seconds)
    {
        if (seconds > _at)
        {
            Give((int)Math.Min(most, (seconds - _at) * perSecond));
            _at = seconds;
        }

        _left -= count;
        return _left >= 0;
    }

    public void Give(int count) => _left = Math.Min(most, _left + count);
}
