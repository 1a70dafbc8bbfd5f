// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Auditing;
using Frontier.Control.Domain;
using Frontier.Control.Feed;
using Frontier.Control.Store;
using Frontier.Control.Versions;

namespace Frontier.Control.Publishing;

/// <summary>
/// The one way configuration changes: read the catalogue, decide, compile what follows, commit both, wake the edges. Changes of
/// this process take turns; one that lost to another process decides again on what it finds then.
/// </summary>
internal sealed class Publisher(IControlStore store, CatalogueLoader loader, SnapshotCompiler compiler, SnapshotHistory history, FeedState feed, ControlOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Losing this often in a row means that other processes change without pause; the caller is told to come back.</summary>
    private const int MostAttempts = 8;

    /// <summary>Versions of one resource that are kept: years of changes by hand, weeks by a program that deploys each hour. Older ones are dropped.</summary>
    private const int VersionsKept = 1_000;

    // Waiters are requests in progress, whose number the server bounds.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Decides with <paramref name="plan"/> and commits. The row returned is the one stored.</summary>
    public async Task<Outcome<ResourceRow>> ChangeAsync(Func<Catalogue, Outcome<PlannedChange>> plan, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                var catalogue = await loader.LoadAsync(cancellationToken);
                if (plan(catalogue).Failed(out var error, out var planned))
                {
                    return error;
                }

                if (Prepare(planned, catalogue).Failed(out error, out var prepared))
                {
                    return error;
                }

                // Once it is handed over, a change is seen through: a caller that hangs up must not leave edges unaware of it.
                var outcome = await store.ChangeResourceAsync(prepared.Change, CancellationToken.None);
                if (outcome == ChangeOutcome.SnapshotMoved || IsOfOthers(outcome, planned))
                {
                    continue;
                }

                if (outcome == ChangeOutcome.Applied && prepared.Snapshot is { } snapshot)
                {
                    feed.Publish(snapshot);
                }

                return ToResult(outcome, planned, prepared.Change.Row);
            }

            return ApiErrors.ServiceUnavailable;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Maybe another process changed what goes along with the resource asked for, which is no answer to its caller: the plan, made again, will tell.</summary>
    private static bool IsOfOthers(ChangeOutcome outcome, PlannedChange planned) =>
        !planned.Before.IsEmpty && outcome is ChangeOutcome.NotFound or ChangeOutcome.ETagDiffers;

    private Outcome<Prepared> Prepare(PlannedChange planned, Catalogue before)
    {
        var now = time.GetUtcNow();
        var snapshot = planned.After is { } after ? compiler.Compile(after, before.Version + 1, now) : null;
        if (snapshot is not null && options.SnapshotCheck?.Invoke(snapshot) is { Count: > 0 } faults)
        {
            return ApiErrors.InvalidArgument.Saying($"No edge would serve this configuration: {string.Join(" ", faults)}");
        }

        var change = ToChange(planned, before, snapshot?.Version, now) with
        {
            Before = [.. planned.Before.Select(earlier => ToChange(earlier, before, snapshot?.Version, now))],
            Snapshot = snapshot is null ? null : history.Write(feed.Read().Snapshot, snapshot),
        };
        return new Prepared(change, snapshot);
    }

    private static ResourceChange ToChange(PlannedChange planned, Catalogue before, long? version, DateTimeOffset now)
    {
        if (planned.Verb == ChangeVerb.Update && planned.Row.ETag == planned.ExpectedETag)
        {
            throw new InvalidOperationException($"The plan for {planned.Row.Kind} {planned.Row.Id} keeps its ETag, by which all who remember it know that it changed.");
        }

        return new ResourceChange
        {
            Verb = planned.Verb,
            Row = planned.Row with { SnapshotVersion = version ?? planned.Row.SnapshotVersion, ModifiedAt = planned.Row.ModifiedAt == default ? now : planned.Row.ModifiedAt },
            ExpectedETag = planned.ExpectedETag,
            Aliases = planned.Aliases,
            Tags = planned.Tags,
            KeyValues = planned.KeyValues,
            Version = ToVersion(planned, AuditScope.Current),
            BaseVersion = before.Version,
            BaseRevision = before.Revision,
            Audit = AuditScope.Current,
        };
    }

    private static NewVersion? ToVersion(PlannedChange planned, AuditCall? call) => (planned.Row.Kind, planned.Verb, call) switch
    {
        (not ResourceKind.Distribution, _, _) or (_, ChangeVerb.Delete, _) => null,
        (_, _, null) => throw new InvalidOperationException("A change to a distribution says not where it comes from."),
        _ => new NewVersion(call.AccessKeyId, call.Operation, planned.RestoredFrom, VersionText.Pack(planned.Row.Body), VersionsKept),
    };

    private static Outcome<ResourceRow> ToResult(ChangeOutcome outcome, PlannedChange planned, ResourceRow row) => outcome switch
    {
        ChangeOutcome.Applied => row,
        ChangeOutcome.NotFound => planned.NotFound,
        ChangeOutcome.ETagDiffers => ApiErrors.PreconditionFailed,
        ChangeOutcome.CallerReferenceTaken => planned.CallerReferenceTaken,
        ChangeOutcome.NameTaken => planned.NameTaken,
        ChangeOutcome.AliasTaken => ApiErrors.CnameAlreadyExists,
        ChangeOutcome.SnapshotMoved => ApiErrors.ServiceUnavailable,
    };

    private sealed record Prepared(ResourceChange Change, ConfigSnapshot? Snapshot);
}
