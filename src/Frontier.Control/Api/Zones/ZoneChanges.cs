// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Feed;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Zones;

/// <summary>An edit that was decided, and what the caller is answered where it cannot be made.</summary>
internal sealed record PlannedZoneEdit(ZoneEdit Edit, ApiError NotFound)
{
    public ApiError CallerReferenceTaken { get; init; } = Route53Errors.HostedZoneAlreadyExists;

    public ApiError NameTaken { get; init; } = Route53Errors.DelegationSetNotAvailable;
}

/// <summary>
/// The one way zones and health checks change: read, decide, commit, wake the DNS nodes. Changes of this process take turns; one
/// that lost to another process decides again on what it finds then.
/// </summary>
internal sealed class ZoneChanges(IControlStore store, CatalogueLoader loader, ZoneFeedState feed, ControlOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Losing this often in a row means that other processes change without pause; the caller is told to come back.</summary>
    private const int MostAttempts = 8;

    // Waiters are requests in progress, whose number the server bounds.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Decides with <paramref name="plan"/> and commits. The edit returned is the one made.</summary>
    public async Task<Outcome<PlannedZoneEdit>> ChangeAsync(Func<Catalogue, CancellationToken, Task<Outcome<PlannedZoneEdit>>> plan, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                if ((await plan(await loader.LoadAsync(cancellationToken), cancellationToken)).Failed(out var error, out var planned))
                {
                    return error;
                }

                // Once it is handed over, a change is seen through: a caller that hangs up must not leave nodes unaware of it.
                var edited = await store.EditZoneAsync(planned.Edit, CancellationToken.None);
                switch (edited.Outcome)
                {
                    case ZoneEditOutcome.Applied:
                        feed.Extend(edited.Sequence);
                        return planned;
                    case ZoneEditOutcome.NotFound:
                        return planned.NotFound;
                    case ZoneEditOutcome.CallerReferenceTaken:
                        return planned.CallerReferenceTaken;
                    case ZoneEditOutcome.NameTaken:
                        return planned.NameTaken;
                    case ZoneEditOutcome.Moved:
                        break;
                }
            }

            return Route53Errors.PriorRequestNotComplete;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A new entry of the log.</summary>
    public NewZoneEntry NewEntry(ZoneEntryKind kind, string zoneId, ZoneEntryDocument? document = null, string comment = "") => new(
        kind, ResourceIds.NewZoneChangeId(), zoneId, document is null ? "" : JsonSerializer.Serialize(document, RecordSetJson.Default.ZoneEntryDocument), comment, time.GetUtcNow(), options.ZoneLogKept);

    /// <summary>The entry as it is right after the edit.</summary>
    public static ZoneEntryRow ToRow(PlannedZoneEdit planned) => planned.Edit.Entry is { } entry
        ? new ZoneEntryRow(0, entry.Kind, entry.ChangeId, entry.ZoneId, entry.Document, entry.Comment, entry.CreatedAt, InSync: false)
        : throw new InvalidOperationException("The edit tells DNS nodes of nothing.");

    public ResourceChange ToChange(ChangeVerb verb, ResourceRow row, string? expectedETag) => new()
    {
        Verb = verb,
        Row = row with { ModifiedAt = time.GetUtcNow(), Deployed = true },
        ExpectedETag = expectedETag,
        BaseVersion = 0,
        Audit = Auditing.AuditScope.Current,
    };

    public void Dispose() => _turn.Dispose();
}
