// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Http.Limits;

/// <summary>
/// One connection's part in its viewer's limits. Requests are taken by the handful, the more the faster they come, so that a busy
/// connection seldom touches what it shares with others; what is left is given back at its end. Used by the connection's reader
/// alone; allocates nothing and takes no lock (benchmarks <c>limits-…</c>).
/// </summary>
internal sealed class ViewerVisit(ViewerGate gate, AddressState? address, IPAddress remote)
{
    /// <summary>Requests taken at once at most: what a viewer can have too few of is little beside what it may have in a second.</summary>
    private const int LargestHandful = 32;

    /// <summary>Refusals in a row that a connection outlives. One that goes on asking does not listen.</summary>
    private const int RefusalsBorne = 32;

    private int _left;
    private int _handful;
    private long _takenAt = -1;
    private int _refusals;
    private ViewerLimit _met;

    /// <summary>What the last refusal was for.</summary>
    public ViewerLimit Met => _met;

    /// <summary>The viewer has been refused again and again on this connection.</summary>
    public bool GoesOn => _refusals > RefusalsBorne;

    /// <summary>Counts a request. False when it may not be served.</summary>
    public bool TryAsk()
    {
        if (_left > 0)
        {
            _left--;
            return true;
        }

        return TryTakeHandful();
    }

    /// <summary>The connection is over. Once.</summary>
    public void Leave()
    {
        gate.GiveBack(address, _left);
        _left = 0;
        if (address is not null)
        {
            gate.Leave(address);
        }
    }

    private bool TryTakeHandful()
    {
        var seconds = gate.Seconds;
        _handful = seconds == _takenAt ? Math.Min(2 * _handful, LargestHandful) : 1;
        _takenAt = seconds;
        if (gate.TryTakeRequests(address, _handful, seconds, out _met) || (_handful > 1 && gate.TryTakeRequests(address, _handful = 1, seconds, out _met)))
        {
            _left = _handful - 1;
            _refusals = 0;
            return true;
        }

        _refusals++;
        gate.Report(_met, remote);
        return false;
    }
}
