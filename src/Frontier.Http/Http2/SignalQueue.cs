// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>
/// Handlers to be told something, by whoever leaves the connection's lock next. What they do then runs right there, which is
/// cheaper than a thread of the pool; one caller at a time tells all of them in turn, so that handlers which release each other
/// do not nest.
/// </summary>
internal sealed class SignalQueue(Lock gate, Action<Http2Exchange> settled)
{
    private Http2Exchange? _first;
    private Http2Exchange? _last;
    private bool _isSettling;

    /// <summary>Under the lock.</summary>
    public void Add(Http2Exchange exchange, Signals signals)
    {
        exchange.Signals |= signals;
        if (exchange.IsSignalled)
        {
            return;
        }

        exchange.IsSignalled = true;
        if (_last is null)
        {
            _first = exchange;
        }
        else
        {
            _last.NextSignalled = exchange;
        }

        _last = exchange;
    }

    /// <summary>Without the lock.</summary>
    public void Settle()
    {
        if (Volatile.Read(ref _first) is null || !TryBegin())
        {
            return; // whoever settles already takes ours along
        }

        while (TryTake(out var exchange, out var signals))
        {
            try
            {
                exchange.Hear(signals);
            }
            catch
            {
                lock (gate)
                {
                    _isSettling = false;
                }

                throw;
            }

            lock (gate)
            {
                exchange.IsHearing = false;
                settled(exchange);
            }
        }
    }

    private bool TryBegin()
    {
        lock (gate)
        {
            return !_isSettling && (_isSettling = _first is not null);
        }
    }

    private bool TryTake(out Http2Exchange exchange, out Signals signals)
    {
        lock (gate)
        {
            (exchange, signals) = (_first!, _first?.Signals ?? Signals.None);
            if (_first is null)
            {
                return _isSettling = false;
            }

            _first = exchange.NextSignalled;
            _last = _first is null ? null : _last;
            exchange.NextSignalled = null;
            exchange.Signals = Signals.None;
            exchange.IsSignalled = false;
            exchange.IsHearing = true;
            return true;
        }
    }
}
