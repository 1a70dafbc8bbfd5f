// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Frontier.Http.Http2;

/// <summary>
/// Streams that could send, in the order of RFC 9218, section 10: the most urgent level first; in a level, streams whose parts
/// are of use take turns, and one that is of use only as a whole is served to its end, the one asked for first before others.
/// Links lie in the streams, so that nothing is allocated. Used under the connection's lock.
/// </summary>
internal sealed class PriorityScheduler
{
    private readonly StreamOutput?[] _first = new StreamOutput?[PriorityField.Levels];
    private readonly StreamOutput?[] _last = new StreamOutput?[PriorityField.Levels];
    private uint _levels;

    public bool IsEmpty => _levels == 0;

    /// <summary>Of the stream whose turn is next; more than any when there is none.</summary>
    public int BestUrgency => BitOperations.TrailingZeroCount(_levels);

    /// <summary>Puts a stream in that is in no queue: behind all others, or before those of its kind that were asked for later.</summary>
    public void Enqueue(StreamOutput stream)
    {
        var before = stream.Priority.IsIncremental ? null : FirstBehind(stream);
        Insert(stream, before);
    }

    /// <summary>Puts a stream back that has had its turn: incremental ones at the end.</summary>
    public void Requeue(StreamOutput stream) => Insert(stream, stream.Priority.IsIncremental ? null : _first[stream.Priority.Urgency]);

    /// <summary>Puts a stream back whose turn could not be taken.</summary>
    public void PutBack(StreamOutput stream) => Insert(stream, _first[stream.Priority.Urgency]);

    public bool TryDequeue([NotNullWhen(true)] out StreamOutput? stream)
    {
        stream = IsEmpty ? null : _first[BestUrgency];
        if (stream is null)
        {
            return false;
        }

        Remove(stream);
        return true;
    }

    public void Remove(StreamOutput stream)
    {
        var level = stream.Priority.Urgency;
        if (stream.Previous is { } previous)
        {
            previous.Next = stream.Next;
        }
        else
        {
            _first[level] = stream.Next;
        }

        if (stream.Next is { } next)
        {
            next.Previous = stream.Previous;
        }
        else
        {
            _last[level] = stream.Previous;
        }

        stream.Queue = null;
        stream.Next = null;
        stream.Previous = null;
        if (_first[level] is null)
        {
            _levels &= ~(1u << level);
        }
    }

    private StreamOutput? FirstBehind(StreamOutput stream)
    {
        var other = _first[stream.Priority.Urgency];
        while (other is not null && (other.Priority.IsIncremental || other.StreamId < stream.StreamId))
        {
            other = other.Next;
        }

        return other;
    }

    private void Insert(StreamOutput stream, StreamOutput? before)
    {
        var level = stream.Priority.Urgency;
        stream.Queue = this;
        stream.Next = before;
        stream.Previous = before is null ? _last[level] : before.Previous;
        if (stream.Previous is { } previous)
        {
            previous.Next = stream;
        }
        else
        {
            _first[level] = stream;
        }

        if (before is null)
        {
            _last[level] = stream;
        }
        else
        {
            before.Previous = stream;
        }

        _levels |= 1u << level;
    }
}
