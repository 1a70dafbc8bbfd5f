// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain;
using Frontier.Control.Store;

namespace Frontier.Control.Publishing;

/// <summary>A change that was found to be in order against one state of the catalogue.</summary>
/// <param name="Verb">What is done.</param>
/// <param name="Row">The resource afterwards; its version is filled in by the publisher, and its time unless it has one.</param>
/// <param name="ExpectedETag">The ETag the caller saw; null for a creation.</param>
/// <param name="After">The catalogue afterwards, or null when no edge needs to know.</param>
internal sealed record PlannedChange(ChangeVerb Verb, ResourceRow Row, string? ExpectedETag, Catalogue? After)
{
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Changes to further resources, made before this one or not at all; what is taken or gone means the same for all.</summary>
    public ImmutableArray<PlannedChange> Before { get; init; } = [];

    public ImmutableArray<TagRow> Tags { get; init; } = [];

    /// <summary>Of the creation of a key value store.</summary>
    public NewKeyValues? KeyValues { get; init; }

    /// <summary>The version of the resource that this change repeats; 0 for none.</summary>
    public long RestoredFrom { get; init; }

    /// <summary>What it means that the name is taken, for this kind of resource.</summary>
    public ApiError NameTaken { get; init; } = ApiErrors.InvalidArgument;

    /// <summary>What it means that the caller reference was used before, for this kind of resource.</summary>
    public ApiError CallerReferenceTaken { get; init; } = ApiErrors.InvalidArgument;

    /// <summary>What it means that the resource is gone, for this kind of resource.</summary>
    public required ApiError NotFound { get; init; }
}
