// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using Frontier.Control.Store;
using Frontier.Protocols.SigV4;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Credentials;

/// <summary>
/// Every access key that counts now: those this process was given at its start, and the active ones of the store. Read by every
/// call without waiting; replaced whole when the store says that a key has changed. Thread-safe.
/// </summary>
internal sealed partial class AccessKeyRing
{
    private readonly IAccessKeyStore _store;
    private readonly SecretSeal _seal;
    private readonly FrozenDictionary<string, AccessKey> _given;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private volatile Loaded _loaded = new(-1, FrozenDictionary<string, AccessKey>.Empty, []);

    private AccessKeyRing(IAccessKeyStore store, IReadOnlyList<AccessKey> given, SecretSeal seal, ILogger logger) =>
        (_store, _given, _seal, _logger) = (store, given.ToFrozenDictionary(static key => key.Id), seal, logger);

    /// <summary>Which state of the store it shows.</summary>
    public long Revision => _loaded.Revision;

    /// <summary>Ids of keys whose secrets this process cannot read, because another key file sealed them.</summary>
    public ImmutableArray<string> Unreadable => _loaded.Unreadable;

    /// <param name="given">The keys of this process alone; they win over those of the store.</param>
    /// <exception cref="InvalidDataException">The store has secrets that were not sealed with this key.</exception>
    public static async Task<AccessKeyRing> OpenAsync(IAccessKeyStore store, IReadOnlyList<AccessKey> given, byte[] secretsKey, ILogger<AccessKeyRing> logger, CancellationToken cancellationToken)
    {
        var ring = new AccessKeyRing(store, given, new SecretSeal(secretsKey), logger);
        ring.Take(ring.Load(await store.ReadAccessKeysAsync(cancellationToken)));
        return ring.Unreadable.IsEmpty ? ring : throw new InvalidDataException(
            $"The secrets of {ring.Unreadable.Length} access keys in the store ({string.Join(", ", ring.Unreadable.Take(3))}{(ring.Unreadable.Length > 3 ? ", …" : "")}) were sealed with another key file. "
            + "Put that file back, or name it with --key-file. If it is lost, so are those keys: drop them with \"frontier keys forget\" and make new ones.");
    }

    /// <summary>The key, or null when there is none of that id or it is not active.</summary>
    public AccessKey? Find(string id) => _given.GetValueOrDefault(id) ?? _loaded.Active.GetValueOrDefault(id);

    /// <summary>Whether this process was given it; such a key is not the store's.</summary>
    public bool IsGiven(string id) => _given.ContainsKey(id);

    public IEnumerable<AccessKey> Given => _given.Values;

    /// <summary>An encrypted secret for the store.</summary>
    public string Seal(AccessKey key) => _seal.Seal(key.Id, key.Secret);

    /// <summary>Reads the store again; a state older than the one shown is let go.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var loaded = Load(await _store.ReadAccessKeysAsync(cancellationToken));
        if (!loaded.Unreadable.SequenceEqual(_loaded.Unreadable) && !loaded.Unreadable.IsEmpty)
        {
            Log.Unreadable(_logger, string.Join(", ", loaded.Unreadable));
        }

        Take(loaded);
    }

    private Loaded Load(StoredAccessKeys stored)
    {
        var opened = stored.Keys.Select(row => (Row: row, Secret: _seal.TryOpen(row.Id, row.SealedSecret))).ToList();
        return new Loaded(
            stored.Revision,
            opened.Where(static key => key is { Secret: not null, Row.IsActive: true })
                .ToFrozenDictionary(static key => key.Row.Id, static key => new AccessKey(key.Row.Id, key.Secret!) { IsReadOnly = key.Row.Role != AccessKeyRole.Admin }),
            [.. opened.Where(static key => key.Secret is null).Select(static key => key.Row.Id)]);
    }

    private void Take(Loaded loaded)
    {
        lock (_gate)
        {
            if (loaded.Revision > _loaded.Revision)
            {
                _loaded = loaded;
            }
        }
    }

    private sealed record Loaded(long Revision, FrozenDictionary<string, AccessKey> Active, ImmutableArray<string> Unreadable);

    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Error, "Access keys were made by a process with another key file, and are refused here: {Ids}. Start all with the same --key-file.", EventName = "AccessKeysUnreadable")]
        public static partial void Unreadable(ILogger logger, string ids);
    }
}
