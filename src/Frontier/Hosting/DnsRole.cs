// SPDX-License-Identifier: Apache-2.0

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

    /// <param name="control">Where the control plane tells zones.</param>
    /// <param name="nodeId">What it calls itself there.</param>
    /// <param name="own">Where this server is found.</param>
    /// <exception cref="StartException">A name server could not be found by anybody.</exception>
    public static DnsOptions Options(UpSettings all, IEnumerable<IPAddress> own, Uri control, string token, string nodeId)
    {
        var settings = all.Dns;
        Directory.CreateDirectory(Path.Combine(settings.Directory, "keys"));
        return new DnsOptions
        {
            Endpoints = [settings.Endpoint],
            Directory = settings.Directory,
            NodeId = nodeId,
            Control = control,
            Token = token,
            Domain = all.Domain,
            NameServers = NameServerSetting.For(all.Domain, all.NameServers, own),
            AnswersPerSecond = settings.AnswersPerSecond,
            TransferNetworks = settings.TransferNetworks,
            SignedZones = settings.SignedZones,
            LogEvery = settings.LoggedEvery,
        };
    }
}
