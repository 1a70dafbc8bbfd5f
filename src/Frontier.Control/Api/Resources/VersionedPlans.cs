// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Resources;

/// <summary>Decides on changes to resources of one kind against one state of the catalogue. Each order of checks is that of <c>api.md</c> §2.</summary>
internal sealed class VersionedPlans<T>(VersionedKind<T> kind, ControlOptions options)
    where T : class
{
    public Outcome<PlannedChange> PlanCreate(Catalogue catalogue, T settings, ImmutableArray<TagRow> tags)
    {
        if (Check(catalogue, null, settings) is { } fault)
        {
            return fault;
        }

        if (kind.Of(catalogue).Count >= kind.Quota(options.Quotas))
        {
            return kind.TooMany;
        }

        // Mostly nothing refers to a resource that is new, so no edge needs to know.
        var row = ToRow(kind.NewId(), kind.NewDomainName?.Invoke(options.Domain), settings);
        var after = Unnamed(catalogue, [.. kind.Of(catalogue), new Resource<T>(row.Id, row.ETag, default, row.DomainName, settings)]);
        return Plan(ChangeVerb.Create, row, null, after) with { Aliases = AliasesOf(settings), Tags = tags };
    }

    public Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, string id, string? ifMatch, T settings)
    {
        if (Find(catalogue, id, ifMatch).Failed(out var refused, out var current))
        {
            return refused;
        }

        if (kind.CallerReferenceOf is { } reference && reference(settings) != reference(current.Settings))
        {
            return kind.CallerReferenceChanged;
        }

        if ((kind.CheckUpdate?.Invoke(current, settings, catalogue) ?? Check(catalogue, id, settings)) is { } fault)
        {
            return fault;
        }

        var row = ToRow(id, current.DomainName, settings) with { ModifiedAt = kind.TellsCreation ? current.Time : default };
        var after = current with { ETag = row.ETag, Settings = settings };
        var catalogueAfter = kind.With?.Invoke(catalogue, [.. kind.Of(catalogue).Select(other => other.Id == id ? after : other)]);
        return Plan(ChangeVerb.Update, row, current.ETag, catalogueAfter) with { Aliases = AliasesOf(settings) };
    }

    public Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string id, string? ifMatch)
    {
        if (Find(catalogue, id, ifMatch).Failed(out var refused, out var current))
        {
            return refused;
        }

        if (kind.CheckDelete(current, catalogue) is { } fault)
        {
            return fault;
        }

        var after = Unnamed(catalogue, [.. kind.Of(catalogue).Where(other => other.Id != id)]);
        return Plan(ChangeVerb.Delete, ToRow(id, current.DomainName, current.Settings), current.ETag, after);
    }

    /// <summary>The catalogue with one more or one less that nothing names; null when that is nothing to edges.</summary>
    private Catalogue? Unnamed(Catalogue catalogue, IReadOnlyList<Resource<T>> all) => kind.CountsUnnamed(catalogue) ? kind.With?.Invoke(catalogue, all) : null;

    /// <summary>The resource that a creation made before, when this creation is the same again (<c>api.md</c> §4).</summary>
    public Resource<T>? FindRepeated(Catalogue catalogue, T settings) => kind is { IsRepetition: { } same, CallerReferenceOf: { } reference }
        ? kind.Of(catalogue).FirstOrDefault(made => reference(made.Settings) == reference(settings) && same(made.Settings, settings))
        : null;

    private Outcome<Resource<T>> Find(Catalogue catalogue, string id, string? ifMatch)
    {
        if (kind.Of(catalogue).FirstOrDefault(resource => resource.Id == id) is not { } current)
        {
            return kind.NotFound;
        }

        return Preconditions.Check(ifMatch, current.ETag) is { } refused ? refused : current;
    }

    private ApiError? Check(Catalogue catalogue, string? ownId, T settings)
    {
        var faults = new FaultList();
        kind.Check(settings, new CheckContext(catalogue, ownId, options), faults);
        if (kind.Of(catalogue).Any(other => other.Id != ownId && (Shares(kind.NameOf, other.Settings, settings) || Shares(kind.CallerReferenceOf, other.Settings, settings))))
        {
            faults.Add(kind.AlreadyExists);
        }

        return faults.Any ? faults.ToError() : null;
    }

    private static bool Shares(Func<T, string>? what, T one, T other) => what is not null && what(one) == what(other);

    private ImmutableArray<string> AliasesOf(T settings) => kind.AliasesOf?.Invoke(settings) ?? [];

    private PlannedChange Plan(ChangeVerb verb, ResourceRow row, string? expectedETag, Catalogue? after) => new(verb, row, expectedETag, after)
    {
        NameTaken = kind.AlreadyExists,
        CallerReferenceTaken = kind.AlreadyExists,
        NotFound = kind.NotFound,
    };

    private ResourceRow ToRow(string id, string? domainName, T settings) => new()
    {
        Kind = kind.Resource,
        Id = id,
        Name = kind.NameOf?.Invoke(settings),
        CallerReference = kind.CallerReferenceOf?.Invoke(settings),
        DomainName = domainName,
        ETag = ResourceIds.NewETag(),
        Body = XmlText.Write(kind.WriteConfig(settings)),
        ModifiedAt = default,
    };
}
