// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Runtime.InteropServices;
using Frontier.Edge.Origins;
using Frontier.Http.Limits;
using Frontier.Protocols.Addresses;

namespace Frontier.Edge.Shedding;

/// <summary>
/// Lets so many misses to their origins at a time; the rest wait in lines, one for each distribution and origin, which are served in
/// turn. A line whose distribution or origin has no room is passed over, so that a dead origin keeps nobody but its own viewers.
/// Hits never come here. All state is under one lock, held for no longer than a look at the lines.
/// </summary>
/// <param name="exempt">Viewers who are counted together with all: they speak for many.</param>
/// <param name="lacksMemory">Asked for each miss.</param>
/// <param name="onRefused">Told of each miss that is turned away.</param>
internal sealed class MissGate(MissOptions options, ImmutableArray<IPNetwork> exempt, TimeProvider time, Func<bool> lacksMemory, Action<MissRefusal> onRefused)
{
    /// <summary>One viewer may have this part of its distribution's, so that seven others find some left.</summary>
    private const int ViewerShare = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _distributions = [];
    private readonly Dictionary<string, int> _waitingOf = [];
    private readonly Dictionary<OriginAddress, int> _origins = [];
    private readonly Dictionary<UInt128, int> _viewers = [];
    private readonly Dictionary<(string Distribution, OriginAddress Origin), LinkedListNode<Line>> _lines = [];

    /// <summary>Those that somebody waits in; whose turn is next is first.</summary>
    private readonly LinkedList<Line> _turns = new();
    private int _underWay;
    private int _waiting;

    /// <summary>Misses with their origins.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Misses that wait to be.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Null when the miss is to be answered 503. Whoever gets a slot gives it back.</summary>
    /// <param name="viewer">Whose request it is.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<MissSlot?> EnterAsync(string distribution, OriginAddress origin, IPAddress viewer, CancellationToken cancellationToken)
    {
        if (lacksMemory())
        {
            return Refuse(MissRefusal.Memory);
        }

        var slot = new MissSlot(this, distribution, origin, Networks.Contain(exempt, viewer) ? null : ViewerNetwork.Of(viewer));
        Waiter waiter;
        lock (_gate)
        {
            if (slot.Viewer is { } network && _viewers.GetValueOrDefault(network) >= Math.Max(1, options.MaxPerDistribution / ViewerShare))
            {
                return Refuse(MissRefusal.ViewerShare);
            }

            if (HasRoom(slot.Distribution, slot.Origin) && !_lines.ContainsKey((distribution, origin)))
            {
                CountViewer(slot, 1);
                Begin(slot);
                return new ValueTask<MissSlot?>(slot);
            }

            if (_waiting >= options.MaxWaiting || _waitingOf.GetValueOrDefault(distribution) >= Math.Max(1, options.MaxWaiting / 2))
            {
                return Refuse(MissRefusal.QueueFull);
            }

            CountViewer(slot, 1);
            waiter = Queue(slot);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    public void GiveBack(MissSlot slot)
    {
        lock (_gate)
        {
            _underWay--;
            Add(_distributions, slot.Distribution, -1);
            Add(_origins, slot.Origin, -1);
            CountViewer(slot, -1);
            ServeLines();
        }
    }

    private async ValueTask<MissSlot?> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        try
        {
            await waiter.Task.WaitAsync(options.WaitTimeout, time, cancellationToken);
            return waiter.Slot;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            if (!TryLeave(waiter))
            {
                if (error is TimeoutException)
                {
                    return waiter.Slot; // its turn came at the last moment
                }

                waiter.Slot.GiveBack();
                throw;
            }

            if (error is OperationCanceledException)
            {
                throw;
            }

            return await Refuse(MissRefusal.TimedOut);
        }
    }

    private ValueTask<MissSlot?> Refuse(MissRefusal refusal)
    {
        onRefused(refusal);
        return new ValueTask<MissSlot?>((MissSlot?)null);
    }

    private bool HasRoom(string distribution, OriginAddress origin) =>
        _underWay < options.MaxUnderWay && _distributions.GetValueOrDefault(distribution) < options.MaxPerDistribution && _origins.GetValueOrDefault(origin) < options.MaxPerOrigin;

    private void Begin(MissSlot slot)
    {
        _underWay++;
        Add(_distributions, slot.Distribution, 1);
        Add(_origins, slot.Origin, 1);
    }

    private Waiter Queue(MissSlot slot)
    {
        if (!_lines.TryGetValue((slot.Distribution, slot.Origin), out var line))
        {
            _lines[(slot.Distribution, slot.Origin)] = line = _turns.AddLast(new Line(slot.Distribution, slot.Origin));
        }

        _waiting++;
        Add(_waitingOf, slot.Distribution, 1);
        var waiter = new Waiter(slot);
        waiter.Place = line.Value.Waiters.AddLast(waiter);
        return waiter;
    }

    /// <summary>False when its turn has come.</summary>
    private bool TryLeave(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Place is null)
            {
                return false;
            }

            Unqueue(_lines[(waiter.Slot.Distribution, waiter.Slot.Origin)], waiter);
            CountViewer(waiter.Slot, -1);
            return true;
        }
    }

    private void Unqueue(LinkedListNode<Line> line, Waiter waiter)
    {
        line.Value.Waiters.Remove(waiter.Place!);
        waiter.Place = null;
        _waiting--;
        Add(_waitingOf, waiter.Slot.Distribution, -1);
        if (line.Value.Waiters.Count == 0)
        {
            _turns.Remove(line);
            _lines.Remove((line.Value.Distribution, line.Value.Origin));
        }
    }

    /// <summary>Lets whoever is next go on, as far as there is room.</summary>
    private void ServeLines()
    {
        // Who comes off a line's front sends that line to the back, where it is not looked at again: one slot has come back.
        for (var (line, left) = (_turns.First, _turns.Count); line is not null && left > 0 && _underWay < options.MaxUnderWay; left--)
        {
            var next = line.Next;
            if (HasRoom(line.Value.Distribution, line.Value.Origin))
            {
                var waiter = line.Value.Waiters.First!.Value;
                _turns.Remove(line);
                _turns.AddLast(line);
                Unqueue(line, waiter);
                Begin(waiter.Slot);
                waiter.SetResult();
            }

            line = next;
        }
    }

    private void CountViewer(MissSlot slot, int change)
    {
        if (slot.Viewer is { } viewer)
        {
            Add(_viewers, viewer, change);
        }
    }

    /// <summary>Counts of nothing are not kept, so that there are never more of them than misses.</summary>
    private static void Add<TKey>(Dictionary<TKey, int> counts, TKey key, int change)
        where TKey : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        count += change;
        if (count == 0)
        {
            counts.Remove(key);
        }
    }

    private sealed class Line(string distribution, OriginAddress origin)
    {
        public string Distribution { get; } = distribution;

        public OriginAddress Origin { get; } = origin;

        public LinkedList<Waiter> Waiters { get; } = new();
    }

    private sealed class Waiter(MissSlot slot) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public MissSlot Slot { get; } = slot;

        /// <summary>In its line; null once it is out of it.</summary>
        public LinkedListNode<Waiter>? Place { get; set; }
    }
}
