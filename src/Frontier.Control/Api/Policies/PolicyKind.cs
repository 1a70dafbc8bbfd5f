// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Policies;

/// <summary>Everything in which one kind of policy differs from the others (<c>api.md</c> §6.4 to §6.6).</summary>
internal sealed record PolicyKind<T>
    where T : PolicySettings
{
    /// <summary>The element of one policy, e.g. <c>CachePolicy</c>; its configuration, summary and list are named after it.</summary>
    public required string Name { get; init; }

    /// <summary>Where the kind lives below the API version, e.g. <c>cache-policy</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The operation that lists them, e.g. <c>ListCachePolicies</c>.</summary>
    public required string ListOperation { get; init; }

    public required ResourceKind Resource { get; init; }

    /// <summary>Those that exist in every account.</summary>
    public required IReadOnlyList<Policy<T>> Managed { get; init; }

    public required Func<ElementReader, T> Read { get; init; }

    public required Func<T, XElement> Write { get; init; }

    public required Action<T, Quotas, FaultList> Check { get; init; }

    /// <summary>The kind's part of the catalogue, and the catalogue with another part.</summary>
    public required Func<Catalogue, PolicySet<T>> Of { get; init; }

    public required Func<Catalogue, PolicySet<T>, Catalogue> With { get; init; }

    /// <summary>The policy of this kind that a behavior names.</summary>
    public required Func<CacheBehavior, string?> Reference { get; init; }

    public required ApiError NotFound { get; init; }

    public required ApiError AlreadyExists { get; init; }

    public required ApiError InUse { get; init; }

    public required ApiError TooMany { get; init; }

    public string ConfigName => Name + "Config";

    public bool IsUsed(Catalogue catalogue, string id) =>
        catalogue.Distributions.Any(distribution => distribution.Settings.AllBehaviors.Any(behavior => Reference(behavior) == id));
}
