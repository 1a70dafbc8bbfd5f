// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Protocols.Addresses;

namespace Frontier.Http.Limits;

/// <summary>Lets viewers in as far as the <see cref="ViewerLimits"/> of a server go. Thread-safe.</summary>
internal sealed class ViewerGate(HttpServerOptions options, ServerClock clock)
{
    private readonly ViewerLimits _limits = options.Viewers;
    private readonly AddressTable _addresses = new(options.Viewers, clock);
    private readonly Rate _newConnectionsRate = new(options.Viewers.NewConnections);
    private readonly Rate _handshakesRate = new(options.Viewers.Handshakes);
    private readonly Rate _requestsRate = new(options.Viewers.Requests);
    private readonly Rate _addressRequestsRate = new(options.Viewers.RequestsPerAddress);
    private RateBucket _newConnections;
    private RateBucket _handshakes;
    private RateBucket _requests;

    public long Seconds => clock.Seconds;

    /// <summary>Counts a new connection before anything is spoken on it; null when it must be closed. Whoever gets a visit ends it.</summary>
    /// <param name="isSecure">It begins with a TLS handshake.</param>
    public ViewerVisit? Admit(IPAddress remote, bool isSecure)
    {
        AddressState? address = null;
        if (!options.IsBalancer(remote) && !Networks.Contain(_limits.Exempt, remote))
        {
            // First its own: one that asks for too much is not to use up what is everybody's.
            address = _addresses.Enter(ViewerNetwork.Of(remote), isSecure, out var met);
            if (address is null)
            {
                Report(met, remote);
                return null;
            }
        }

        if (Refusal(isSecure) is { } refusal)
        {
            Report(refusal, remote);
            if (address is not null)
            {
                Leave(address);
            }

            return null;
        }

        return new ViewerVisit(this, address, remote);
    }

    public void Leave(AddressState address) => _addresses.Leave(address);

    /// <summary>Takes requests of what the address and all viewers may ask; all or none.</summary>
    /// <param name="address">Null for one without limits of its own.</param>
    public bool TryTakeRequests(AddressState? address, int count, long seconds, out ViewerLimit met)
    {
        met = ViewerLimit.AddressRequests;
        if (address is not null && _addressRequestsRate.IsLimited && !address.Requests.TryTake(_addressRequestsRate, count, seconds))
        {
            return false;
        }

        if (!_requestsRate.IsLimited || _requests.TryTake(_requestsRate, count, seconds))
        {
            return true;
        }

        address?.Requests.GiveBack(_addressRequestsRate, count);
        met = ViewerLimit.Requests;
        return false;
    }

    public void GiveBack(AddressState? address, int requests)
    {
        if (requests > 0)
        {
            address?.Requests.GiveBack(_addressRequestsRate, requests);
            _requests.GiveBack(_requestsRate, requests);
        }
    }

    public void Report(ViewerLimit met, IPAddress remote) => options.OnRefused(met, remote);

    public void Sweep() => _addresses.Sweep();

    private ViewerLimit? Refusal(bool isSecure) =>
        _newConnectionsRate.IsLimited && !_newConnections.TryTake(_newConnectionsRate, 1, Seconds) ? ViewerLimit.NewConnections
        : isSecure && _handshakesRate.IsLimited && !_handshakes.TryTake(_handshakesRate, 1, Seconds) ? ViewerLimit.Handshakes
        : null;
}
