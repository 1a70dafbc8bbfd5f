// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using Frontier.Decisions.Addresses;

namespace Frontier.Edge.Origins;

/// <summary>
/// Keeps origins off the installation itself, off metadata services, and off private networks unless the operator lets them in
/// (<see cref="AddressCheck"/>). What it closes is worked out anew when it is asked after <see cref="Lifetime"/>: interfaces
/// come and go, and servers may be known by name. Thread-safe; two that find it old at once both work it out, to the same end.
/// </summary>
internal sealed class OriginGuard(EdgeOptions options, EdgeState edge, IOriginResolver resolver, TimeProvider time) : IOriginAddressPolicy
{
    /// <summary>About how long a machine's interfaces and a server's name are good for; resolvers keep names for as long and longer.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private static readonly IPNetwork Loopback = IPNetwork.Parse("127.0.0.0/8");

    private volatile State? _state;
    private volatile IPEndPoint[] _listeners = [options.Http, options.Https];

    /// <summary>Where the edge listens in the end: the operator may have asked for any free port.</summary>
    public void Listening(params IPEndPoint[] listeners) => _listeners = listeners;

    public ValueTask<AddressVerdict> JudgeAsync(IPEndPoint address, CancellationToken cancellationToken) =>
        _state is { } state && state.Listeners == _listeners && state.ApiPort == edge.ApiPort && time.GetElapsedTime(state.MadeAt) < Lifetime
            ? ValueTask.FromResult(AddressCheck.Decide(address, state.Rules))
            : RefreshAndJudgeAsync(address, cancellationToken);

    private async ValueTask<AddressVerdict> RefreshAndJudgeAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var (own, listeners, apiPort) = (OwnAddresses(), _listeners, edge.ApiPort);
        var closed = ImmutableArray.CreateBuilder<ClosedServer>();
        foreach (var listener in listeners)
        {
            Close(listener, AddressVerdict.ThisEdge, own, closed);
        }

        foreach (var node in edge.Tiers.Parents)
        {
            await CloseAsync(node.Host, node.Port, AddressVerdict.TierListener, own, closed, cancellationToken);
        }

        foreach (var server in options.BucketServers)
        {
            Close(server, AddressVerdict.BucketServer, own, closed);
        }

        foreach (var server in options.ClosedToOrigins)
        {
            Close(server, AddressVerdict.Closed, own, closed);
        }

        foreach (var control in options.FurtherControls.Prepend(options.Control))
        {
            await CloseAsync(control.Host, control.Port, AddressVerdict.ControlPlane, own, closed, cancellationToken);
            if (apiPort != 0 && apiPort != control.Port)
            {
                await CloseAsync(control.Host, apiPort, AddressVerdict.ControlPlane, own, closed, cancellationToken); // where it stands beside this edge
            }
        }

        if (options.S3Endpoint is { } store)
        {
            await CloseAsync(store.Host, store.Port, AddressVerdict.BucketServer, own, closed, cancellationToken);
        }

        var state = new State(new AddressRules(options.AllowPrivateOrigins, closed.DrainToImmutable()), listeners, apiPort, time.GetTimestamp());
        _state = state;
        return AddressCheck.Decide(address, state.Rules);
    }

    private async ValueTask CloseAsync(string host, int port, AddressVerdict verdict, ImmutableArray<IPNetwork> own, ImmutableArray<ClosedServer>.Builder closed, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken);
        foreach (var address in addresses)
        {
            Close(new IPEndPoint(address, port), verdict, own, closed);
        }

        if (addresses.Count == 0 && _state is { } last)
        {
            closed.AddRange(last.Rules.Closed.Where(known => known.Verdict == verdict)); // a resolver that fails opens nothing
        }
    }

    /// <summary>
    /// A server on this machine is closed at its port, so that an origin beside it can be reached. The control plane's machine, where
    /// it is another, has nothing for viewers at any port. One that listens on every address does so on each of the machine's.
    /// </summary>
    private static void Close(IPEndPoint server, AddressVerdict verdict, ImmutableArray<IPNetwork> own, ImmutableArray<ClosedServer>.Builder closed)
    {
        var address = server.Address.IsIPv4MappedToIPv6 ? server.Address.MapToIPv4() : server.Address;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            closed.AddRange(own.Select(network => new ClosedServer(network, server.Port, verdict)));
            return;
        }

        var isElsewhere = !own.Any(network => network.Contains(address));
        closed.Add(new ClosedServer(Only(address), isElsewhere && verdict is AddressVerdict.ControlPlane ? null : server.Port, verdict));
    }

    private static ImmutableArray<IPNetwork> OwnAddresses() =>
    [
        Loopback,
        Only(IPAddress.IPv6Loopback),
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(static network => network.GetIPProperties().UnicastAddresses)
            .Select(static unicast => Only(unicast.Address)),
    ];

    private static IPNetwork Only(IPAddress address)
    {
        var bytes = address.GetAddressBytes(); // without its scope, which AddressCheck leaves out too
        return new IPNetwork(new IPAddress(bytes), bytes.Length * 8);
    }

    /// <param name="Listeners">What it was made of, with <paramref name="ApiPort"/>.</param>
    private sealed record State(AddressRules Rules, IPEndPoint[] Listeners, int ApiPort, long MadeAt);
}
