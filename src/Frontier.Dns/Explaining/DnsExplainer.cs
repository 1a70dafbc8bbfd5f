// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Routing;
using Frontier.Dns.Routing;
using Frontier.Dns.Server;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;
using Frontier.Protocols.Dns;
using ClientNetwork = Frontier.Dns.Zones.ClientNetwork;

namespace Frontier.Dns.Explaining;

/// <summary>Makes a decision again and tells how it came about. It serves nothing, counts nothing and remembers nothing.</summary>
internal sealed class DnsExplainer(string node, ServedZones zones, ISetChoice choice, FleetRouting routing)
{
    private static readonly string[] Types = ["A", "AAAA", "HTTPS"];

    public DnsExplanation Explain(DnsQuestion question)
    {
        var explanation = new DnsExplanation { Node = node, Question = question };
        if (!DnsName.TryParse(question.Name, out var name) || !IPAddress.TryParse(question.Client, out var client) || !Types.Contains(question.Type))
        {
            return explanation with { Steps = ["This is no question: name, client or type cannot be read."] };
        }

        client = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        var network = Decisions.Routing.ClientNetwork.Of(client);
        var place = routing.PlaceOf(network.BaseAddress);
        explanation = explanation with
        {
            Network = network.ToString(),
            Place = place is null ? null : new ExplainedPlace(place.Country, place.Region, place.City, place.Latitude, place.Longitude),
        };
        var steps = new List<string>();
        var type = question.Type switch { "A" => TypeNumber.A, "AAAA" => TypeNumber.Aaaa, _ => TypeNumber.Https };
        if (new NameTrace(zones, choice, routing).Follow(name, type, ClientNetwork.Of(client), steps) is not { } distribution)
        {
            return explanation with { Steps = [.. steps] };
        }

        explanation = explanation with { Distribution = distribution.DomainName, PriceClass = distribution.PriceClass, TtlSeconds = IEdgeAddresses.DefaultTtlSeconds };
        if (type is TypeNumber.Https)
        {
            return explanation with { Steps = [.. steps, "HTTPS records are the same for every client."], Answer = [.. ServiceOf(distribution).Select(static data => new ExplainedEdge(data, null, null))] };
        }

        if (type is TypeNumber.Aaaa && !distribution.HasIPv6)
        {
            return explanation with { Steps = [.. steps, "The distribution has IsIPV6Enabled false, so there are no AAAA records."] };
        }

        var family = type is TypeNumber.Aaaa ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var decision = routing.Explain(distribution, network.BaseAddress, family);
        return explanation with
        {
            Steps = [.. steps],
            Answer = [.. decision.Edges.Select(static edge => new ExplainedEdge(edge.Address.ToString(), edge.NodeId, edge.Pop))],
            Relaxed = decision.Relaxed,
            Pops = [.. decision.Pops.Select(pop => Tell(pop, distribution, question.Type))],
        };
    }

    private IEnumerable<string> ServiceOf(ServedDistribution distribution)
    {
        var data = new byte[IEdgeAddresses.MaxLength];
        var found = DnsName.TryParse(distribution.DomainName, out var name) ? routing.Find(AliasTargetKind.Distribution, name.ToLower().Wire, EdgeRecord.Service, default, data) : default;
        return found.Length > 0 && RecordTypes.TryFind("HTTPS", out var type) && RecordDataText.TryFormat(type, data.AsSpan(0, found.Length), EscapeForm.Decimal, out var text) ? [text] : [];
    }

    private ExplainedPop Tell(ConsideredPop pop, ServedDistribution distribution, string type)
    {
        var (zone, machines) = routing.MachinesOf(pop.Name);
        return new ExplainedPop(
            pop.Name, zone, pop.Verdict.ToString(), ReasonOf(pop, distribution, type), Math.Round(pop.Milliseconds, 1), pop.IsMeasured, pop.Kilometres is { } far ? Math.Round(far) : null,
            Math.Round(pop.LoadPercent, 1), Math.Round(pop.ShedShare, 2), machines);
    }

    private static string ReasonOf(ConsideredPop pop, ServedDistribution distribution, string type) => pop.Verdict switch
    {
        PopVerdict.Chosen => "Its edges are answered.",
        PopVerdict.Farther => "Another one is nearer.",
        PopVerdict.Shed => string.Create(CultureInfo.InvariantCulture, $"It is nearer, and so loaded that it gives {100 * pop.ShedShare:0} percent of its clients away, this one among them."),
        PopVerdict.OutsidePriceClass => $"{distribution.PriceClass} leaves its part of the world out.",
        PopVerdict.Drained => "It, or every edge of it, is drained.",
        PopVerdict.Unhealthy => "None of its edges answers.",
        PopVerdict.NoAddress => $"None of its edges has an address for {type} records.",
    };
}
