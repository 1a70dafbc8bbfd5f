// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using Frontier.Contracts.Zones;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Zones;
using Frontier.Decisions.Dns;
using Frontier.Protocols.Dns;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>
/// What a DNS node would answer to a resolver, decided with the code that DNS nodes run (NB-5.4, NB-5.5). Where an alias leads to
/// edges or buckets, the name it leads to is told: their addresses only DNS nodes know.
/// </summary>
internal sealed class TestAnswerOperations(ZoneParts parts)
{
    /// <summary>An alias of an alias, or a CNAME to one; DNS nodes follow no more.</summary>
    private const int LongestChain = 8;

    public IReadOnlyList<Operation> Table => [Route53Xml.New("TestDNSAnswer", "GET", "testdnsanswer", null, 200, TestAsync) with { IsRead = true }];

    public async Task<ApiResponse> TestAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Read(request).Failed(out var error, out var question)
            || (await parts.FindZoneAsync(request.QueryValue("hostedzoneid") ?? "", cancellationToken)).Failed(out error, out var zone))
        {
            return error;
        }

        if (!question.Name.IsWithin(zone.Settings.DnsName))
        {
            return Route53Errors.InvalidInput.Saying($"The name {question.Name.ToText(EscapeForm.Octal)} is not in zone {RecordSetCheck.Shown(zone.Settings.Name)}.");
        }

        var (code, data) = await AnswerAsync(zone, question, cancellationToken);
        return Route53Xml.Respond(
            "TestDNSAnswer",
            Element("Nameserver", parts.NameServers[0]),
            Element("RecordName", question.Name.ToText(EscapeForm.Octal)),
            Element("RecordType", question.Type),
            Element("RecordData", data.Select(static entry => Element("RecordDataEntry", entry))),
            Element("ResponseCode", code),
            Element("Protocol", "UDP"));
    }

    private async Task<(string Code, IReadOnlyList<string> Data)> AnswerAsync(Resource<HostedZoneSettings> zone, Question question, CancellationToken cancellationToken)
    {
        var states = new CountedHealth(await parts.Store.CountObservationsAsync(cancellationToken), (await parts.Loader.LoadAsync(cancellationToken)).HealthChecks);
        var name = question.Name;
        for (var step = 0; step < LongestChain; step++)
        {
            var found = await FindAsync(zone, name, cancellationToken);
            if (found is null)
            {
                return ("NXDOMAIN", []);
            }

            var sets = found.Find(question.Type) is { Count: > 0 } ofType ? ofType : found.Find(RecordTypeNames.Cname);
            if (sets.Count == 0)
            {
                return ("NOERROR", []);
            }

            var chosen = new int[RecordChoice.Most];
            var verdict = RecordChoice.Choose(sets, question.Place, states, found, question.Random, chosen);
            if (verdict.Count == 0)
            {
                return ("NOERROR", []);
            }

            if (sets[chosen[0]].Alias is { Kind: AliasTargetKind.Record } alias && DnsName.TryParse(alias.Name, out var target))
            {
                name = target;
                continue;
            }

            return ("NOERROR", [.. chosen.Take(verdict.Count).SelectMany(index => sets[index].Alias is { } leads ? [leads.Name] : sets[index].Values)]);
        }

        return ("SERVFAIL", []);
    }

    /// <summary>The record sets of a name, or of the wildcard that stands for it (RFC 4592); null when there is no such name.</summary>
    private async Task<NamedSets?> FindAsync(Resource<HostedZoneSettings> zone, DnsName name, CancellationToken cancellationToken)
    {
        var exact = await ReadAsync(zone, name, cancellationToken);
        if (exact is not null)
        {
            return exact;
        }

        // The closest name above that exists, if only as the end of others, has the wildcard that counts.
        for (var encloser = name.Parent; encloser.IsWithin(zone.Settings.DnsName); encloser = encloser.Parent)
        {
            if (await ReadAsync(zone, encloser, cancellationToken) is not null)
            {
                byte[] wildcard = [1, (byte)'*', .. encloser.Wire];
                return DnsName.TryReadWire(wildcard, out var starred) && await ReadAsync(zone, starred, cancellationToken) is { } sets ? sets : null;
            }
        }

        return null;
    }

    /// <summary>Those of exactly this name, and of what their aliases lead to; empty where there are only names below it, and null where there are none either.</summary>
    private async Task<NamedSets?> ReadAsync(Resource<HostedZoneSettings> zone, DnsName name, CancellationToken cancellationToken)
    {
        var sortName = RecordSetForms.SortName(name);
        var records = await parts.Store.ListRecordSetsAsync(zone.Id, new(sortName, "", ""), 1, cancellationToken);
        if (records is not { Rows: [var first, ..] } || !first.SortName.StartsWith(sortName, StringComparison.Ordinal))
        {
            return null;
        }

        HashSet<string> names = [sortName];
        var sets = ImmutableArray<RecordSetConfig>.Empty;
        for (var depth = 0; depth < LongestChain; depth++)
        {
            var read = await parts.Store.ReadRecordSetsAsync(zone.Id, names, cancellationToken);
            sets = [.. (read?.Rows ?? []).Select(RecordSetForms.FromRow).Select(RecordSetForms.ToConfig)];
            var targets = sets.Select(static set => set.Alias).OfType<AliasTargetConfig>().Where(static alias => alias.Kind == AliasTargetKind.Record).Select(static alias => RecordSetForms.SortName(alias.Name));
            if (!targets.Select(names.Add).ToList().Contains(true))
            {
                break;
            }
        }

        return new NamedSets(name.ToLower().ToString(), sets);
    }

    private Outcome<Question> Read(ApiRequest request)
    {
        var (name, type) = (request.QueryValue("recordname") ?? "", request.QueryValue("recordtype") ?? "");
        var (resolver, subnet) = (request.QueryValue("resolverip"), request.QueryValue("edns0clientsubnetip"));
        if (!DnsName.TryParse(name, null, EscapeForm.Octal, out var parsed, out _) || !RecordTypeNames.All.Contains(type))
        {
            return Route53Errors.InvalidInput.Saying($"RecordName ('{name}') must be a domain name, and RecordType ('{type}') one of {string.Join(", ", RecordTypeNames.All)}.");
        }

        var client = subnet is { Length: > 0 } ? subnet : resolver;
        if (client is not { Length: > 0 })
        {
            return new Question(parsed, type, default, RandomBits());
        }

        return IPAddress.TryParse(client, out var address)
            ? new Question(parsed, type, ClientPlace.Of(parts.Options.FindPlace?.Invoke(address)), RandomBits())
            : Route53Errors.InvalidInput.Saying($"'{client}' is no IP address.");
    }

    private static uint RandomBits() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

    private sealed record Question(DnsName Name, string Type, ClientPlace Place, uint Random);

    private sealed class NamedSets(string name, ImmutableArray<RecordSetConfig> all) : IRecordSets
    {
        public IReadOnlyList<RecordSetConfig> Find(string type) => Find(name, type);

        public IReadOnlyList<RecordSetConfig> Find(string of, string type) => [.. all.Where(set => set.Name == of && set.Type == type)];
    }
}
