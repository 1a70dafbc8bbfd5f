// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>Priorities of streams that are not there yet (RFC 9218, section 7.1). The last few are kept; who sends more has them forgotten.</summary>
internal sealed class EarlyPriorities
{
    private (int StreamId, PriorityField Priority)[] _kept = [];
    private int _next;

    public void Keep(int streamId, PriorityField priority)
    {
        if (_kept.Length == 0)
        {
            _kept = new (int, PriorityField)[Http2Limits.EarlyPriorities];
        }

        _kept[_next] = (streamId, priority);
        _next = (_next + 1) % _kept.Length;
    }

    /// <summary>The newest for that stream; null when there is none.</summary>
    public PriorityField? Find(int streamId)
    {
        for (var i = 1; i <= _kept.Length; i++)
        {
            var (of, priority) = _kept[(_next - i + _kept.Length) % _kept.Length];
            if (of == streamId)
            {
                return priority;
            }
        }

        return null;
    }
}
