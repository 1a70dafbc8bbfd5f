// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>
/// What the control plane keeps. Every method is one transaction and durable when its task completes. Thread-safe: any number
/// of callers, in any number of processes where the store allows more than one. Conditions are checked inside the transaction,
/// so that of two changes with the same condition exactly one wins. A change throws <see cref="StoreFullException"/> when the disk is full;
/// any method throws <see cref="StoreUnavailableException"/> when the store is elsewhere and does not answer.
/// </summary>
public interface IControlStore : IAccessKeyStore, IAuditStore, IAsyncDisposable
{
    /// <summary>Where the two logs of the store stand.</summary>
    Task<StoreHead> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Every resource of every kind in order of creation, and the snapshot version they add up to, read as of one moment. Whole
    /// rows are read only of resources that <paramref name="known"/>, which an earlier reading gave, does not hold with their ETag.
    /// </summary>
    Task<StoreContents> ReadContentsAsync(IReadOnlyList<ResourceMark> known, CancellationToken cancellationToken);

    Task<ResourceRow?> FindResourceAsync(ResourceKind kind, string id, CancellationToken cancellationToken);

    /// <summary>What was stored of a version of the configuration, or null when there never was one. Every version is kept, most as the difference to the one before.</summary>
    Task<SnapshotRow?> FindSnapshotAsync(long version, CancellationToken cancellationToken);

    /// <summary>Applies a change to a resource, its aliases and tags, and stores the snapshot that it causes: all of it or nothing.</summary>
    Task<ChangeOutcome> ChangeResourceAsync(ResourceChange change, CancellationToken cancellationToken);

    /// <summary>Versions of a resource, newest first, at most <paramref name="limit"/> of those with numbers below <paramref name="before"/>; null when there is no such resource.</summary>
    Task<ImmutableArray<VersionHead>?> ListVersionsAsync(ResourceKind kind, string id, long before, int limit, CancellationToken cancellationToken);

    /// <summary>Null when there is no such resource, or no such version of it any more.</summary>
    Task<VersionRow?> FindVersionAsync(ResourceKind kind, string id, long number, CancellationToken cancellationToken);

    /// <summary>In order of their keys; null when there is no such resource.</summary>
    Task<ImmutableArray<TagRow>?> ReadTagsAsync(ResourceKind kind, string id, CancellationToken cancellationToken);

    /// <summary>Sets and removes tags.</summary>
    Task<TagOutcome> ChangeTagsAsync(TagChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Stores an invalidation and appends it to the log. Its sequence is one more than the last, in the order of commit. An
    /// invalidation of the same distribution with the same caller reference is returned instead and nothing is stored.
    /// </summary>
    Task<InvalidationAppended> AppendInvalidationAsync(NewInvalidation invalidation, CancellationToken cancellationToken);

    Task<InvalidationRow?> FindInvalidationAsync(string distributionId, string id, CancellationToken cancellationToken);

    /// <summary>Newest first, at most <paramref name="limit"/>, from the one that follows <paramref name="after"/>; null when there is no such marker.</summary>
    Task<ImmutableArray<InvalidationRow>?> ListInvalidationsAsync(string distributionId, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>How many invalidations of each distribution are not completed; distributions without any are left out.</summary>
    Task<ImmutableDictionary<string, int>> CountOpenInvalidationsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Entries of the log after a sequence, in order: at most <paramref name="limit"/>, and none after the one whose paths bring
    /// the page to <paramref name="characters"/>.
    /// </summary>
    Task<ImmutableArray<InvalidationRow>> ReadLogAsync(long after, int limit, int characters, CancellationToken cancellationToken);

    /// <summary>
    /// Settles what every edge in service has, whichever process hears it. The edges in <paramref name="heard"/> are noted first;
    /// edges not heard of for longer than <paramref name="silence"/>, by the store's clock, are forgotten. Then resources whose
    /// last change is no newer than what all that remain acknowledged become deployed, and invalidations completed; without any
    /// edge none do. Neither ever goes back. Does nothing when nothing is open.
    /// </summary>
    Task SettleAsync(ImmutableArray<EdgeHeard> heard, TimeSpan silence, CancellationToken cancellationToken);

    /// <summary>The pairs of a key value store as a whole; null when there is no such store.</summary>
    Task<KeyValueHead?> ReadKeyValueHeadAsync(string storeId, CancellationToken cancellationToken);

    /// <summary>One value and the whole it belongs to, read as of one moment; null when there is no such store.</summary>
    Task<KeyValueFound?> FindKeyValueAsync(string storeId, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Pairs in order of the UTF-8 bytes of their keys, at most <paramref name="limit"/>, of which the first comes after
    /// <paramref name="after"/>, a key that need not exist; null when there is no such store.
    /// </summary>
    Task<KeyValuePage?> ListKeyValuesAsync(string storeId, string after, int limit, CancellationToken cancellationToken);

    /// <summary>Changes pairs of a key value store. The cost is that of the pairs changed, however many there are.</summary>
    Task<KeyValueChanged> ChangeKeyValuesAsync(KeyValueChange change, CancellationToken cancellationToken);

    Task<ImmutableArray<EdgeRow>> ListEdgesAsync(CancellationToken cancellationToken);

    /// <summary>The edges in service, whichever process hears them: those in <paramref name="heard"/> are noted first, and those silent for longer forgotten, as <see cref="SettleAsync"/> does.</summary>
    Task<ImmutableArray<EdgeRow>> ListEdgesInServiceAsync(ImmutableArray<EdgeHeard> heard, TimeSpan silence, CancellationToken cancellationToken);

    /// <summary>Remembers an edge and what it acknowledged; it counts as heard now.</summary>
    Task SaveEdgeAsync(EdgeRow edge, CancellationToken cancellationToken);

    /// <summary>Notes when edges were heard; edges that are not known stay so.</summary>
    Task NoteEdgesAsync(ImmutableArray<EdgeHeard> heard, CancellationToken cancellationToken);

    /// <summary>Counts every known edge as heard now: after a start, or a time without a store, none may be taken for silent.</summary>
    Task ReviveEdgesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What all processes of this installation hold in common under a name: the value stored by whoever came first, which is
    /// <paramref name="proposed"/> where nobody did.
    /// </summary>
    Task<string> AgreeAsync(string name, string proposed, CancellationToken cancellationToken);
}
