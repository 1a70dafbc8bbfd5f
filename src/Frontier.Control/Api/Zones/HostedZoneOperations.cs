// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Store;
using Frontier.Protocols.Dns;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>Hosted zones as wholes (NB-5.1). A zone begins with its SOA and NS records.</summary>
internal sealed class HostedZoneOperations(ZoneParts parts)
{
    private const int MostZones = 100;
    private const int LongestCallerReference = 128;
    private const int LongestComment = 256;
    private const long SoaTtl = 900;
    private const long NsTtl = 172_800;

    /// <summary>Record sets that no zone is without.</summary>
    private const int Required = 2;

    public IReadOnlyList<Operation> Table =>
    [
        Route53Xml.New("CreateHostedZone", "POST", "hostedzone", "CreateHostedZoneRequest", 201, CreateAsync),
        Route53Xml.New("GetHostedZone", "GET", "hostedzone/{Id}", null, 200, GetAsync),
        Route53Xml.New("ListHostedZones", "GET", "hostedzone", null, 200, ListAsync),
        Route53Xml.New("ListHostedZonesByName", "GET", "hostedzonesbyname", null, 200, ListByNameAsync),
        Route53Xml.New("GetHostedZoneCount", "GET", "hostedzonecount", null, 200, CountAsync),
        Route53Xml.New("UpdateHostedZoneComment", "POST", "hostedzone/{Id}", "UpdateHostedZoneCommentRequest", 200, CommentAsync),
        Route53Xml.New("DeleteHostedZone", "DELETE", "hostedzone/{Id}", null, 200, DeleteAsync),
    ];

    public async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Route53Xml.Read(request, HostedZoneDocument.Read).Failed(out var error, out var given)
            || CheckName(given).Failed(out error, out var name))
        {
            return error;
        }

        var zone = new HostedZoneSettings(name.ToString(), given.CallerReference, given.Comment);
        var id = ResourceIds.NewHostedZoneId();
        var made = await parts.Changes.ChangeAsync((catalogue, _) => Task.FromResult(PlanCreation(catalogue, id, zone)), cancellationToken);
        if (made.Failed(out error, out var planned))
        {
            return error;
        }

        return new ApiResponse
        {
            Location = $"{Route53Xml.Prefix}hostedzone/{id}",
            Root = Route53Xml.Respond(
                "CreateHostedZone",
                HostedZoneDocument.Write(ToResource(id, zone), Required),
                HostedZoneDocument.WriteChange(ZoneChanges.ToRow(planned)),
                HostedZoneDocument.WriteDelegationSet(parts.NameServers)),
        };
    }

    public async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if ((await parts.FindZoneAsync(request.Id, cancellationToken)).Failed(out var error, out var zone))
        {
            return error;
        }

        var counts = await parts.Store.CountRecordSetsAsync([zone.Id], cancellationToken);
        return Route53Xml.Respond("GetHostedZone", HostedZoneDocument.Write(zone, counts.GetValueOrDefault(zone.Id)), HostedZoneDocument.WriteDelegationSet(parts.NameServers));
    }

    public async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Route53Page.Read(request, MostZones).Failed(out var error, out var page))
        {
            return error;
        }

        var marker = Route53Xml.BareId(request.QueryValue("marker") ?? "");
        var isPrivate = request.QueryValue("hostedzonetype") is { Length: > 0 } || request.QueryValue("delegationsetid") is { Length: > 0 };
        var all = isPrivate ? [] : (await parts.Loader.LoadAsync(cancellationToken)).HostedZones;
        var rest = marker.Length == 0 ? all : all.SkipWhile(zone => zone.Id != marker);
        if (marker.Length > 0 && !rest.Any())
        {
            return Route53Errors.InvalidInput.Saying($"The marker '{marker}' is the ID of no hosted zone.");
        }

        var (zones, next) = page.Take(rest);
        return Route53Xml.Respond(
            "ListHostedZones",
            await WriteAllAsync(zones, cancellationToken),
            marker.Length > 0 ? Element("Marker", marker) : null,
            Flag("IsTruncated", next is not null),
            Optional("NextMarker", next?.Id),
            Element("MaxItems", page.MaxItems));
    }

    public async Task<ApiResponse> ListByNameAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Route53Page.Read(request, MostZones).Failed(out var error, out var page))
        {
            return error;
        }

        var (given, id) = (request.QueryValue("dnsname") ?? "", Route53Xml.BareId(request.QueryValue("hostedzoneid") ?? ""));
        DnsName? from = null;
        if (given.Length > 0 && !DnsName.TryParse(given, null, EscapeForm.Octal, out from, out _))
        {
            return Route53Errors.InvalidDomainName.Saying($"The domain name '{given}' is not valid.");
        }

        if (id.Length > 0 && from is null)
        {
            return Route53Errors.InvalidInput.Saying("A hosted zone ID without a DNS name names no place in the list: give dnsname too.");
        }

        var start = (from is null ? "" : RecordSetForms.SortName(from), id);
        var rest = (await parts.Loader.LoadAsync(cancellationToken)).HostedZones
            .Select(static zone => (Zone: zone, Place: (RecordSetForms.SortName(zone.Settings.Name), zone.Id)))
            .Where(entry => Compare(entry.Place, start) >= 0)
            .Order(Comparer<(Resource<HostedZoneSettings> Zone, (string, string) Place)>.Create(static (one, other) => Compare(one.Place, other.Place)))
            .Select(static entry => entry.Zone);
        var (zones, next) = page.Take(rest);
        return Route53Xml.Respond(
            "ListHostedZonesByName",
            await WriteAllAsync(zones, cancellationToken),
            given.Length > 0 ? Element("DNSName", from!.ToText(EscapeForm.Octal)) : null,
            id.Length > 0 ? Element("HostedZoneId", id) : null,
            Flag("IsTruncated", next is not null),
            next is null ? null : Element("NextDNSName", RecordSetCheck.Shown(next.Settings.Name)),
            Optional("NextHostedZoneId", next?.Id),
            Element("MaxItems", page.MaxItems));
    }

    public async Task<ApiResponse> CountAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Route53Xml.Respond("GetHostedZoneCount", Element("HostedZoneCount", (await parts.Loader.LoadAsync(cancellationToken)).HostedZones.Count));

    public async Task<ApiResponse> CommentAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Route53Xml.Read(request, HostedZoneDocument.ReadComment).Failed(out var error, out var comment))
        {
            return error;
        }

        if (comment.Length > LongestComment)
        {
            return Route53Errors.InvalidInput.Saying($"The comment has {comment.Length} characters; {LongestComment} are the most.");
        }

        var made = await parts.Changes.ChangeAsync(
            (catalogue, _) => Task.FromResult(ZoneParts.FindZone(catalogue, request.Id).Failed(out var missing, out var zone)
                ? missing
                : (Outcome<PlannedZoneEdit>)new PlannedZoneEdit(
                    new ZoneEdit { Resource = parts.Changes.ToChange(ChangeVerb.Update, ToRow(zone.Id, zone.Settings with { Comment = comment }), zone.ETag) }, Route53Errors.NoSuchHostedZone)),
            cancellationToken);
        if (made.Failed(out error, out _) || (await parts.FindZoneAsync(request.Id, cancellationToken)).Failed(out error, out var changed))
        {
            return error;
        }

        var counts = await parts.Store.CountRecordSetsAsync([changed.Id], cancellationToken);
        return Route53Xml.Respond("UpdateHostedZoneComment", HostedZoneDocument.Write(changed, counts.GetValueOrDefault(changed.Id)));
    }

    public async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var made = await parts.Changes.ChangeAsync((catalogue, token) => PlanDeletionAsync(catalogue, request.Id, token), cancellationToken);
        return made.Failed(out var error, out var planned) ? error : Route53Xml.Respond("DeleteHostedZone", HostedZoneDocument.WriteChange(ZoneChanges.ToRow(planned)));
    }

    private Outcome<DnsName> CheckName(NewHostedZone given)
    {
        if (given.Unsupported is { } unsupported)
        {
            return Route53Errors.InvalidInput.Saying($"{unsupported} not supported by this version of Frontier.");
        }

        if (given.CallerReference.Length is 0 or > LongestCallerReference || given.Comment.Length > LongestComment)
        {
            return Route53Errors.InvalidInput.Saying($"CallerReference must have 1 to {LongestCallerReference} characters, and Comment at most {LongestComment}.");
        }

        if (!DnsName.TryParse(given.Name, null, EscapeForm.Octal, out var name, out var fault))
        {
            return Route53Errors.InvalidDomainName.Saying($"The domain name '{given.Name}' is not valid: {fault.Message}.");
        }

        name = name.ToLower();
        return name.IsRoot || name.IsWildcard ? Route53Errors.InvalidDomainName.Saying($"The domain name '{given.Name}' cannot be that of a zone.")
            : DnsName.TryParse(parts.Options.Domain, out var own) && name != own && name.IsWithin(own)
                ? Route53Errors.ConflictingDomainExists.Saying($"Names below {parts.Options.Domain} are those of distributions, and served by themselves.")
            : name;
    }

    private Outcome<PlannedZoneEdit> PlanCreation(Catalogue catalogue, string id, HostedZoneSettings zone)
    {
        if (catalogue.HostedZones.Any(other => other.Settings.CallerReference == zone.CallerReference))
        {
            return Route53Errors.HostedZoneAlreadyExists;
        }

        if (catalogue.HostedZones.Count >= parts.Options.Quotas.HostedZones)
        {
            return Route53Errors.TooManyHostedZones.Saying($"There are {catalogue.HostedZones.Count} hosted zones, as many as there may be.");
        }

        RecordSet[] sets = [NewSoa(zone.Name), NewNs(zone.Name)];
        return new PlannedZoneEdit(
            new ZoneEdit
            {
                Resource = parts.Changes.ToChange(ChangeVerb.Create, ToRow(id, zone), null),
                RecordSets = new RecordSetEdit(id, 0, sets.Length, [], [.. sets.Select(RecordSetForms.ToRow)]),
                Entry = parts.Changes.NewEntry(ZoneEntryKind.Created, id, new ZoneEntryDocument(zone.Name, 0, [], [.. sets.Select(RecordSetForms.ToConfig)])),
            },
            Route53Errors.NoSuchHostedZone);
    }

    private async Task<Outcome<PlannedZoneEdit>> PlanDeletionAsync(Catalogue catalogue, string id, CancellationToken cancellationToken)
    {
        if (ZoneParts.FindZone(catalogue, id).Failed(out var error, out var zone))
        {
            return error;
        }

        return await parts.Store.ReadRecordSetsAsync(zone.Id, [], cancellationToken) is not { } records ? Route53Errors.NoSuchHostedZone
            : records.Count > Required ? Route53Errors.HostedZoneNotEmpty
            : new PlannedZoneEdit(
                new ZoneEdit
                {
                    Resource = parts.Changes.ToChange(ChangeVerb.Delete, ToRow(zone.Id, zone.Settings), zone.ETag),
                    RecordSets = new RecordSetEdit(zone.Id, records.Version, 0, [], []),
                    Entry = parts.Changes.NewEntry(ZoneEntryKind.Removed, zone.Id),
                },
                Route53Errors.NoSuchHostedZone);
    }

    private RecordSet NewSoa(string name) => new()
    {
        Name = name,
        Type = RecordTypeNames.Soa,
        Ttl = SoaTtl,
        Values = [$"{parts.NameServers[0]}. hostmaster.{parts.Options.Domain}. 1 7200 900 1209600 86400"],
    };

    private RecordSet NewNs(string name) => new() { Name = name, Type = RecordTypeNames.Ns, Ttl = NsTtl, Values = [.. parts.NameServers.Select(static server => server + ".")] };

    private async Task<System.Xml.Linq.XElement> WriteAllAsync(IReadOnlyCollection<Resource<HostedZoneSettings>> zones, CancellationToken cancellationToken)
    {
        var counts = await parts.Store.CountRecordSetsAsync([.. zones.Select(static zone => zone.Id)], cancellationToken);
        return Element("HostedZones", zones.Select(zone => HostedZoneDocument.Write(zone, counts.GetValueOrDefault(zone.Id))));
    }

    private static int Compare((string Name, string Id) one, (string Name, string Id) other) =>
        string.CompareOrdinal(one.Name, other.Name) is not 0 and var order ? order : string.CompareOrdinal(one.Id, other.Id);

    private static Resource<HostedZoneSettings> ToResource(string id, HostedZoneSettings zone) => new(id, "", default, null, zone);

    private static ResourceRow ToRow(string id, HostedZoneSettings zone) => new()
    {
        Kind = ResourceKind.HostedZone,
        Id = id,
        Name = zone.Name,
        CallerReference = zone.CallerReference,
        ETag = ResourceIds.NewETag(),
        Body = XmlText.Write(HostedZoneDocument.WriteStored(zone)),
        ModifiedAt = default,
    };
}
