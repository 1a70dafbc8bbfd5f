// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Dns.Routing;
using Frontier.Dns.Server;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Explaining;

/// <summary>Follows a name through the zones that are served to the distribution that it leads to, and tells each step. For people: what clients get says <see cref="AnswerWalk"/>.</summary>
internal sealed class NameTrace(ServedZones zones, ISetChoice choice, FleetRouting routing)
{
    /// <summary>As many CNAME records and aliases as an answer follows.</summary>
    private const int MostSteps = 10;

    /// <param name="steps">Gets how the name led there, or why it leads nowhere.</param>
    /// <returns>Null where it leads to no distribution.</returns>
    public ServedDistribution? Follow(DnsName name, TypeNumber type, in ClientNetwork client, List<string> steps)
    {
        var buffer = new NameBuffer();
        var scratch = new byte[WireName.MaxLength + 2];
        for (var step = 0; step < MostSteps; step++)
        {
            name = name.ToLower();
            var text = name.ToString().TrimEnd('.');
            if (routing.FindDistribution(text) is { } distribution)
            {
                return distribution;
            }

            if (!buffer.TryLoad(name.Wire) || zones.Current.Find(buffer, type) is not { } zone)
            {
                steps.Add($"{text} lies in no zone that this server serves.");
                return null;
            }

            var search = ZoneSearch.For(zone, buffer, type, scratch);
            var fault = search.Found switch
            {
                Found.Delegation => $"{text} belongs to other name servers, to whom its zone {TextOf(zone)} refers.",
                Found.Asked => $"There is no distribution {text}.",
                Found.Nothing => $"There is no name {text} in the zone {TextOf(zone)}.",
                Found.Name or Found.Wildcard => null,
            };
            if (fault is not null || Next(zone, search.Node!, type, client, text, steps) is not { } next)
            {
                steps.Add(fault ?? $"{text} leads to no distribution.");
                return null;
            }

            name = next;
        }

        steps.Add($"More than {MostSteps} steps are not followed.");
        return null;
    }

    /// <summary>What the name is an alias of; null where it is none, which is told.</summary>
    private DnsName? Next(Zone zone, ZoneNode node, TypeNumber type, in ClientNetwork client, string text, List<string> steps)
    {
        var link = node.Find(TypeNumber.Cname);
        if (!link.IsEmpty)
        {
            var records = link.Records;
            return DnsName.TryReadWire(RecordSetView.Next(ref records), out var target) ? Tell(steps, $"{text} is, by a CNAME record, another name of", target) : null;
        }

        if ((node.FindFamily(TypeNumber.Cname) ?? node.FindFamily(type)) is { } family)
        {
            return Next(zone, family, client, text, steps);
        }

        steps.Add($"{text} has {(node.Find(type).IsEmpty ? "no" : "its own")} {type.ToString().ToUpperInvariant()} records in the zone {TextOf(zone)}.");
        return null;
    }

    private DnsName? Next(Zone zone, ChosenFamily family, in ClientNetwork client, string text, List<string> steps)
    {
        Span<int> chosen = stackalloc int[ISetChoice.MostChosen];
        chosen[0] = 0;
        if (!family.IsSimple && choice.Choose(zone, family.Configs, client, chosen, out _) == 0)
        {
            steps.Add($"The routing policies of {text} choose none of its record sets for this client.");
            return null;
        }

        var set = family.Configs[chosen[0]];
        var by = set.SetIdentifier is { } identifier ? $", by its record set {identifier}," : "";
        return set.Alias switch
        {
            { Kind: AliasTargetKind.Distribution } alias when DnsName.TryParse(alias.Name, out var target) => Tell(steps, $"{text} is{by} an alias of the distribution", target),
            { Kind: AliasTargetKind.Record } alias when DnsName.TryParse(alias.Name, out var target) => Tell(steps, $"{text} is{by} an alias of", target),
            null when family.Type is TypeNumber.Cname && set.Values is [var value, ..] && DnsName.TryParse(value, out var target) => Tell(steps, $"{text} is{by} by a CNAME record another name of", target),
            _ => null,
        };
    }

    private static DnsName Tell(List<string> steps, string how, DnsName target)
    {
        steps.Add($"{how} {target.ToString().TrimEnd('.')}.");
        return target;
    }

    private static string TextOf(Zone zone) => DnsName.TryReadWire(zone.Name, out var name) ? name.ToString().TrimEnd('.') : zone.Id;
}
