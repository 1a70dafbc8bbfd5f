// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Edge.Origins;

/// <summary>The counters of one origin. Written by every exchange with it, read by whoever asks for its health; under the lock.</summary>
internal sealed class OriginTally(OriginAddress address)
{
    /// <summary>The weight of a new measurement: an eighth, as TCP smooths its round trip (RFC 6298, section 2).</summary>
    private const double Weight = 0.125;

    private readonly Lock _gate = new();
    private readonly long[] _failures = new long[Enum.GetValues<OriginFailure>().Length];
    private long _requests;
    private OriginFailure _lastFailure;
    private DateTimeOffset? _lastFailureAt;
    private double _latencySeconds;
    private bool _isMeasured;

    /// <summary>The timestamp of the last use; the board's to write.</summary>
    public long UsedAt { get; set; }

    public void Began()
    {
        lock (_gate)
        {
            _requests++;
        }
    }

    public void Answered(TimeSpan firstByte)
    {
        lock (_gate)
        {
            _latencySeconds = _isMeasured ? _latencySeconds + (Weight * (firstByte.TotalSeconds - _latencySeconds)) : firstByte.TotalSeconds;
            _isMeasured = true;
        }
    }

    public void Failed(OriginFailure failure, DateTimeOffset at)
    {
        lock (_gate)
        {
            _failures[(int)failure]++;
            _lastFailure = failure;
            _lastFailureAt = at;
        }
    }

    public OriginHealth Snapshot(int open, int idle)
    {
        lock (_gate)
        {
            return new OriginHealth
            {
                Host = address.Host,
                Port = address.Port,
                Tls = address.Tls,
                Requests = _requests,
                Failures = Enum.GetValues<OriginFailure>().Where(kind => _failures[(int)kind] > 0).ToImmutableSortedDictionary(static kind => kind, kind => _failures[(int)kind]),
                LastFailure = _lastFailure,
                LastFailureAt = _lastFailureAt,
                OpenConnections = open,
                IdleConnections = idle,
                FirstByteLatency = TimeSpan.FromSeconds(_latencySeconds),
            };
        }
    }
}
