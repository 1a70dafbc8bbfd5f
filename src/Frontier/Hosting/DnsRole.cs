// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Dns;

namespace Frontier.Hosting;

/// <summary>What of the operator's settings makes a DNS server.</summary>
internal static class DnsRole
{
    /// <param name="control">Where the control plane tells zones.</param>
    /// <param name="nodeId">What it calls itself there.</param>
    public static DnsOptions Options(DnsSettings settings, string domain, Uri control, string token, string nodeId)
    {
        Directory.CreateDirectory(Path.Combine(settings.Directory, "keys"));
        ImmutableArray<IPAddress> own = settings.Endpoint.Address is var address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) ? [] : [address];
        return new DnsOptions
        {
            Endpoints = [settings.Endpoint],
            Directory = settings.Directory,
            NodeId = nodeId,
            Control = control,
            Token = token,
            Domain = domain,
            NameServers = [new NameServer($"ns1.{domain}", own)],
            AnswersPerSecond = settings.AnswersPerSecond,
            TransferNetworks = settings.TransferNetworks,
            SignedZones = settings.SignedZones,
            LogEvery = settings.LoggedEvery,
        };
    }
}
