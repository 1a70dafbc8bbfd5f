// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Transport;

/// <summary>The connections of one server, so that each can be swept and drained. Thread-safe.</summary>
internal sealed class ConnectionTable(HttpServerLimits limits)
{
    private readonly int _capacity = limits.MaxConnections == 0 ? int.MaxValue : limits.MaxConnections;
    private readonly long _crowdedRest = (long)limits.CrowdedKeepAliveTimeout.TotalSeconds;
    private readonly Lock _gate = new();
    private readonly List<ServedConnection> _connections = [];
    private readonly List<ServedConnection> _swept = [];
    private TaskCompletionSource? _empty;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>False when there is no room.</summary>
    public bool TryAdd(ServedConnection connection)
    {
        lock (_gate)
        {
            if (_connections.Count >= _capacity || _empty is not null)
            {
                return false;
            }

            connection.Place = _connections.Count;
            _connections.Add(connection);
            return true;
        }
    }

    public void Remove(ServedConnection connection)
    {
        lock (_gate)
        {
            // The last one takes its place: no search, no hole.
            var last = _connections[^1];
            _connections[connection.Place] = last;
            last.Place = connection.Place;
            _connections.RemoveAt(_connections.Count - 1);
            if (_connections.Count == 0)
            {
                _empty?.TrySetResult();
            }
        }
    }

    /// <summary>Only by the server's one sweep at a time.</summary>
    public void Sweep()
    {
        lock (_swept)
        {
            lock (_gate)
            {
                _swept.AddRange(_connections);
            }

            var isCrowded = _swept.Count >= _capacity - (_capacity / 8);
            foreach (var connection in _swept)
            {
                connection.Sweep();
                if (isCrowded && connection.RestedSeconds >= _crowdedRest)
                {
                    connection.Drain();
                }
            }

            _swept.Clear();
        }
    }

    /// <summary>Lets no more in, and completes when all have ended; cuts those that have not within the time.</summary>
    public async Task DrainAsync(TimeSpan time)
    {
        List<ServedConnection> left;
        Task empty;
        lock (_gate)
        {
            left = [.. _connections];
            _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (left.Count == 0)
            {
                _empty.SetResult();
            }

            empty = _empty.Task;
        }

        foreach (var connection in left)
        {
            connection.Drain();
        }

        try
        {
            await empty.WaitAsync(time);
        }
        catch (TimeoutException)
        {
            foreach (var connection in left)
            {
                connection.Abort();
            }

            await empty;
        }
    }
}
