// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Resources;

/// <summary>Everything in which one kind of versioned resource differs from the others (<c>api.md</c> §6).</summary>
internal sealed record VersionedKind<T>
    where T : class
{
    /// <summary>The element of one resource, e.g. <c>PublicKey</c>; its configuration and list are named after it.</summary>
    public required string Name { get; init; }

    /// <summary>What operations that change one are called after, where that is not <see cref="Name"/>.</summary>
    public string? NameOfChanges { get; init; }

    /// <summary>The operation that lists them, e.g. <c>ListPublicKeys</c>.</summary>
    public required string ListOperation { get; init; }

    /// <summary>Where the kind lives below the API version, e.g. <c>public-key</c>.</summary>
    public required string Path { get; init; }

    /// <summary>API-6.2: whether an update goes to the path of the configuration, or to that of the resource.</summary>
    public bool IsUpdatedAtConfig { get; init; } = true;

    public required ResourceKind Resource { get; init; }

    public required Func<string> NewId { get; init; }

    /// <summary>Given the domain of the installation; null for kinds that are not reached by name.</summary>
    public Func<string, string>? NewDomainName { get; init; }

    public required Func<ElementReader, T> Read { get; init; }

    public required Func<T, XElement> WriteConfig { get; init; }

    public required Func<Resource<T>, XElement> Write { get; init; }

    /// <summary>An item of the list.</summary>
    public required Func<Resource<T>, XElement> WriteSummary { get; init; }

    /// <summary>Whether the list is of family A or of family B (§5.1).</summary>
    public bool IsListedAsFamilyA { get; init; }

    /// <summary>Whether the time that is told of a resource is that of its creation.</summary>
    public bool TellsCreation { get; init; }

    /// <summary>The kind's part of the catalogue.</summary>
    public required Func<Catalogue, IReadOnlyList<Resource<T>>> Of { get; init; }

    /// <summary>The catalogue with another part; null for kinds of which no edge needs to know.</summary>
    public Func<Catalogue, IReadOnlyList<Resource<T>>, Catalogue>? With { get; init; }

    /// <summary>Whether edges are told of a new one, or of one that goes, though nothing names it; false for kinds that count only where they are named.</summary>
    public Func<Catalogue, bool> CountsUnnamed { get; init; } = static _ => false;

    /// <summary>Null for kinds that are not named.</summary>
    public Func<T, string>? NameOf { get; init; }

    /// <summary>Null for kinds that have none (§4).</summary>
    public Func<T, string>? CallerReferenceOf { get; init; }

    public Func<T, ImmutableArray<string>>? AliasesOf { get; init; }

    /// <summary>Whether a creation with a caller reference used before asks for the same thing; null when it is refused whatever it asks for (§4).</summary>
    public Func<T, T, bool>? IsRepetition { get; init; }

    public required Action<T, CheckContext, FaultList> Check { get; init; }

    /// <summary>What else an update may not change, beside the caller reference.</summary>
    public Func<Resource<T>, T, Catalogue, ApiError?>? CheckUpdate { get; init; }

    /// <summary>Why one cannot be deleted (API-5.11); null when it can.</summary>
    public required Func<Resource<T>, Catalogue, ApiError?> CheckDelete { get; init; }

    public required Func<Quotas, int> Quota { get; init; }

    public required ApiError NotFound { get; init; }

    public required ApiError AlreadyExists { get; init; }

    public required ApiError TooMany { get; init; }

    public ApiError CallerReferenceChanged { get; init; } = ApiErrors.IllegalUpdate.Saying("The parameter CallerReference cannot be changed.");

    public string ConfigName => Name + "Config";
}
