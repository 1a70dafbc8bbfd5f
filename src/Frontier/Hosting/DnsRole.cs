// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Decisions.Addresses;
using Frontier.Dns;
using Frontier.Dns.Health;

namespace Frontier.Hosting;

/// <summary>What of the operator's settings makes a DNS server.</summary>
internal static class DnsRole
{
    /// <summary>Asks what health checks name, from here on; never what is the installation's own.</summary>
    public static HealthProber Prober(bool allowPrivate, IEnumerable<IPEndPoint> own, TimeProvider time)
    {
        var closed = own.Select(static server => new ClosedServer(new IPNetwork(server.Address, 8 * server.Address.GetAddressBytes().Length), server.Port, AddressVerdict.ControlPlane));
        var prober = new HealthProber(new HealthProberOptions { AllowPrivate = allowPrivate, Closed = [.. closed] }, time);
        prober.Start();
        return prober;
    }

    /// <summary>Of the zone of the distributions. Which of several names is this very server is not known, so that none has its address.</summary>
    /// <param name="names">Empty for <c>ns1</c> below the domain.</param>
    /// <param name="own">Where this server is found.</param>
    public static ImmutableArray<NameServer> NameServersOf(ImmutableArray<string> names, string domain, IEnumerable<IPAddress> own) =>
        names is { Length: > 1 } ? [.. names.Select(static name => new NameServer(name, []))] : [new NameServer(names is [var only] ? only : $"ns1.{domain}", [.. own])];

    /// <param name="control">Where the control plane tells zones.</param>
    /// <param name="nodeId">What it calls itself there.</param>
    public static DnsOptions Options(DnsSettings settings, string domain, Uri control, string token, string nodeId)
    {
        Directory.CreateDirectory(Path.Combine(settings.Directory, "keys"));
        IEnumerable<IPAddress> own = settings.Endpoint.Address is var address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) ? [] : [address];
        return new DnsOptions
        {
            Endpoints = [settings.Endpoint],
            Directory = settings.Directory,
            NodeId = nodeId,
            Control = control,
            Token = token,
            Domain = domain,
            NameServers = NameServersOf([], domain, own),
            AnswersPerSecond = settings.AnswersPerSecond,
            TransferNetworks = settings.TransferNetworks,
            SignedZones = settings.SignedZones,
            LogEvery = settings.LoggedEvery,
        };
    }
}
