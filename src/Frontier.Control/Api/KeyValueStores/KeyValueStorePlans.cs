// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.KeyValueStores;

/// <summary>Decides on changes to key value stores against one state of the catalogue. Each order of checks is that of <c>api.md</c> §2.</summary>
internal sealed class KeyValueStorePlans(ControlOptions options)
{
    private const int LongestComment = 128;

    /// <summary>What can be told before the import file is read.</summary>
    public ApiError? CheckNew(Catalogue catalogue, CreateKeyValueStoreDocument document)
    {
        var faults = new FaultList();
        ResourceNames.Check("name", document.Name, faults);
        CheckComment(document.Comment, faults);
        if (catalogue.FindKeyValueStore(document.Name) is not null)
        {
            faults.Add(FunctionErrors.EntityAlreadyExists);
        }

        return faults.Any ? faults.ToError()
            : catalogue.KeyValueStores.Count >= options.Quotas.KeyValueStores ? FunctionErrors.TooManyEntities
            : null;
    }

    public Outcome<PlannedChange> PlanCreate(Catalogue catalogue, CreateKeyValueStoreDocument document, ImmutableArray<KeyValueRow> items) =>
        CheckNew(catalogue, document) is { } fault
            ? fault
            : Plan(ChangeVerb.Create, ToRow(ResourceIds.NewKeyValueStoreId(), document.Name, document.Comment), null) with
            {
                Tags = document.Tags,
                KeyValues = new NewKeyValues(ResourceIds.NewKeyValueETag(), items),
            };

    /// <summary>API-6.11: only the comment can be changed.</summary>
    public static Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, string name, string? ifMatch, string comment)
    {
        if (Check(catalogue, name, ifMatch).Failed(out var error, out var current))
        {
            return error;
        }

        var faults = new FaultList();
        CheckComment(comment, faults);
        return faults.Any ? faults.ToError() : Plan(ChangeVerb.Update, ToRow(current.Id, name, comment), current.ETag);
    }

    public Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string name, string? ifMatch)
    {
        if (Check(catalogue, name, ifMatch).Failed(out var error, out var current))
        {
            return error;
        }

        var arn = Arn.OfKeyValueStore(options.AccountId, current.Id);
        return catalogue.Functions.Any(function => function.Reads(arn))
            ? FunctionErrors.EntityInUse
            : Plan(ChangeVerb.Delete, ToRow(current.Id, name, current.Comment), current.ETag);
    }

    /// <summary>The store, provided that it is there and as the caller saw it.</summary>
    public static Outcome<KeyValueStore> Check(Catalogue catalogue, string name, string? ifMatch) =>
        catalogue.FindKeyValueStore(name) is not { } current ? FunctionErrors.NoSuchEntity
        : Preconditions.Check(ifMatch, current.ETag) is { } refused ? refused
        : current;

    private static void CheckComment(string comment, FaultList faults) =>
        faults.Require(comment.Length <= LongestComment, ApiErrors.InvalidArgument, $"The parameter Comment is longer than {LongestComment} characters.");

    private static PlannedChange Plan(ChangeVerb verb, ResourceRow row, string? expectedETag) => new(verb, row, expectedETag, null)
    {
        NameTaken = FunctionErrors.EntityAlreadyExists,
        NotFound = FunctionErrors.NoSuchEntity,
    };

    private static ResourceRow ToRow(string id, string name, string comment) => new()
    {
        Kind = ResourceKind.KeyValueStore,
        Id = id,
        Name = name,
        ETag = ResourceIds.NewETag(),
        Body = XmlText.Write(KeyValueStoreDocument.WriteStored(comment)),
        ModifiedAt = default,
    };
}
