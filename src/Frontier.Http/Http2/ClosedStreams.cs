// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>How streams of late have ended (RFC 9113, section 5.1, "closed"): what may still come for them depends on it.</summary>
internal sealed class ClosedStreams
{
    private Entry[] _entries = [];
    private int _next;

    public void Add(int streamId, StreamEnding ending)
    {
        if (_entries.Length == 0)
        {
            _entries = new Entry[Http2Limits.ClosedStreams];
        }

        _entries[_next] = new Entry(streamId, ending);
        _next = (_next + 1) % _entries.Length;
    }

    public StreamEnding Of(int streamId)
    {
        foreach (var entry in _entries)
        {
            if (entry.StreamId == streamId)
            {
                return entry.Ending;
            }
        }

        return StreamEnding.Unknown;
    }

    private readonly record struct Entry(int StreamId, StreamEnding Ending);
}
