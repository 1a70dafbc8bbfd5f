// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Dns;

namespace Frontier.Control.Domain.Zones;

/// <summary>A hosted zone without its record sets.</summary>
/// <param name="Name">Lower case, with its final dot, in the form that roles tell each other.</param>
internal sealed record HostedZoneSettings(string Name, string CallerReference, string Comment)
{
    public DnsName DnsName => DnsName.TryParse(Name, out var name) ? name : throw new InvalidDataException($"The stored zone name '{Name}' is none.");
}
