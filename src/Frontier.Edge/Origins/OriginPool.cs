// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>
/// The idle connections of every endpoint, newest first, and the count of all that are open. All state is under one lock,
/// which is never held while a connection is closed.
/// </summary>
internal sealed class OriginPool : IDisposable
{
    /// <summary>How often idle connections are looked at; the shortest keep-alive timeout is a second (§11).</summary>
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<OriginEndpoint, EndpointState> _endpoints = new(EndpointComparer.Instance);
    private readonly OriginClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;
    private int _open;
    private bool _disposed;

    public OriginPool(OriginClientOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _sweeper = time.CreateTimer(static state => ((OriginPool)state!).Sweep(), this, SweepInterval, SweepInterval);
    }

    /// <summary>Connections open or being opened, busy and idle.</summary>
    public int OpenConnections => Volatile.Read(ref _open);

    /// <summary>Connections open and idle, by origin.</summary>
    public Dictionary<OriginAddress, (int Open, int Idle)> Occupancy()
    {
        var occupancy = new Dictionary<OriginAddress, (int Open, int Idle)>();
        lock (_gate)
        {
            foreach (var (endpoint, state) in _endpoints)
            {
                var (open, idle) = occupancy.GetValueOrDefault(OriginAddress.Of(endpoint));
                occupancy[OriginAddress.Of(endpoint)] = (open + state.Open, idle + state.Idle.Count);
            }
        }

        return occupancy;
    }

    /// <summary>The idle connection used last that still can be used, or null.</summary>
    public OriginConnection? TryTake(OriginEndpoint endpoint, long? completionDue)
    {
        while (Pop(endpoint) is { } connection)
        {
            if (!IsExpired(connection) && connection.TryBegin(completionDue))
            {
                return connection;
            }

            connection.Dispose();
        }

        return null;
    }

    /// <summary>Counts a connection about to be opened; false when there may be no more. An idle one of another endpoint gives way.</summary>
    public bool TryReserve(OriginEndpoint endpoint)
    {
        OriginConnection? evicted = null;
        try
        {
            lock (_gate)
            {
                var full = _open >= _options.MaxConnections;
                if (_disposed || (full && !TryEvict(out evicted)))
                {
                    return false;
                }

                if (!_endpoints.TryGetValue(endpoint, out var state))
                {
                    _endpoints[endpoint] = state = new EndpointState();
                }

                if (state.Open >= _options.MaxConnectionsPerEndpoint)
                {
                    return false;
                }

                state.Open++;
                _open++;
                return true;
            }
        }
        finally
        {
            evicted?.Dispose();
        }
    }

    /// <summary>Takes back what <see cref="TryReserve"/> counted: the connection is closed, or was never opened.</summary>
    public void Release(OriginEndpoint endpoint)
    {
        lock (_gate)
        {
            var state = _endpoints[endpoint];
            _open--;
            if (--state.Open == 0)
            {
                _endpoints.Remove(endpoint);
            }
        }
    }

    /// <summary>Keeps a connection whose response is over, or closes it.</summary>
    public void Return(OriginConnection connection)
    {
        if (!connection.TryGoIdle() || !TryPush(connection))
        {
            connection.Dispose();
        }
    }

    public void Dispose()
    {
        _sweeper.Dispose();
        List<OriginConnection> idle;
        lock (_gate)
        {
            _disposed = true;
            idle = [.. _endpoints.Values.SelectMany(state => state.Idle)];
            foreach (var state in _endpoints.Values)
            {
                state.Idle.Clear();
            }
        }

        idle.ForEach(connection => connection.Dispose());
    }

    private bool TryPush(OriginConnection connection)
    {
        lock (_gate)
        {
            var state = _endpoints[connection.Endpoint];
            if (_disposed || state.Idle.Count >= _options.MaxIdlePerEndpoint)
            {
                return false;
            }

            connection.IdleSince = _time.GetTimestamp();
            state.Idle.Add(connection);
            return true;
        }
    }

    private OriginConnection? Pop(OriginEndpoint endpoint)
    {
        lock (_gate)
        {
            if (!_endpoints.TryGetValue(endpoint, out var state) || state.Idle is not [.., var newest])
            {
                return null;
            }

            state.Idle.RemoveAt(state.Idle.Count - 1);
            return newest;
        }
    }

    /// <summary>Takes any idle connection out; called under the lock, when the edge is at its bound.</summary>
    private bool TryEvict(out OriginConnection? evicted)
    {
        evicted = null;
        foreach (var state in _endpoints.Values)
        {
            if (state.Idle is [var oldest, ..])
            {
                evicted = oldest;
                state.Idle.RemoveAt(0);
                return true;
            }
        }

        return false;
    }

    private void Sweep()
    {
        List<OriginConnection>? gone = null;
        lock (_gate)
        {
            foreach (var state in _endpoints.Values)
            {
                for (var i = state.Idle.Count - 1; i >= 0; i--)
                {
                    if (state.Idle[i].IsStale || IsExpired(state.Idle[i]))
                    {
                        (gone ??= []).Add(state.Idle[i]);
                        state.Idle.RemoveAt(i);
                    }
                }
            }
        }

        gone?.ForEach(connection => connection.Dispose());
    }

    private bool IsExpired(OriginConnection connection) =>
        _time.GetElapsedTime(connection.IdleSince) >= connection.Endpoint.KeepAliveTimeout;

    /// <summary>Equality as ever, with a hash of what mostly differs: the whole record's costs more than all the rest of a look-up.</summary>
    private sealed class EndpointComparer : IEqualityComparer<OriginEndpoint>
    {
        public static EndpointComparer Instance { get; } = new();

        public bool Equals(OriginEndpoint? x, OriginEndpoint? y) => ReferenceEquals(x, y) || (x is not null && x.Equals(y));

        public int GetHashCode(OriginEndpoint obj) => HashCode.Combine(obj.Host, obj.Port, obj.TlsServerName);
    }

    private sealed class EndpointState
    {
        /// <summary>Oldest first.</summary>
        public List<OriginConnection> Idle { get; } = [];

        /// <summary>Idle, busy and being opened.</summary>
        public int Open { get; set; }
    }
}
