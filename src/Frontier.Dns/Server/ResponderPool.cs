// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Dns.Server;

/// <summary>Responders for connections, which need one only while they answer: no more than threads at the same time. Thread-safe.</summary>
internal sealed class ResponderPool(ResponderParts parts)
{
    private readonly Lock _gate = new();
    private readonly Stack<Responder> _idle = new();
    private ImmutableArray<Responder> _all = [];

    /// <summary>All there ever were, for their counters.</summary>
    public ImmutableArray<Responder> All
    {
        get
        {
            lock (_gate)
            {
                return _all;
            }
        }
    }

    /// <summary>One that is given to a thread for good.</summary>
    public Responder Make()
    {
        lock (_gate)
        {
            var made = new Responder(parts);
            _all = _all.Add(made);
            return made;
        }
    }

    public Responder Rent()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out var idle))
            {
                return idle;
            }
        }

        return Make();
    }

    public void Return(Responder responder)
    {
        lock (_gate)
        {
            _idle.Push(responder);
        }
    }
}
