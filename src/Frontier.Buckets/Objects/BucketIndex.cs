// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Buckets.Objects;

/// <summary>
/// All committed objects and uploads of a bucket, in memory and in key order. Changed only by the commit loop (and by replay
/// before it); read by every request, all under one lock that is never held across I/O.
/// </summary>
internal sealed class BucketIndex(BodyFiles files)
{
    private readonly Lock _gate = new();
    private readonly SortedSet<ObjectKey> _order = [];
    private readonly Dictionary<ObjectKey, StoredObject> _objects = [];
    private readonly Dictionary<string, UploadState> _uploads = new(StringComparer.Ordinal);

    /// <summary>Records a compacted journal would need.</summary>
    public int LiveRecords
    {
        get
        {
            lock (_gate)
            {
                return _objects.Count + _uploads.Sum(static upload => 1 + upload.Value.Parts.Count);
            }
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _objects.Count == 0;
            }
        }
    }

    public bool TryFind(ObjectKey key, [NotNullWhen(true)] out StoredObject? found)
    {
        lock (_gate)
        {
            return _objects.TryGetValue(key, out found);
        }
    }

    /// <summary>Finds an object and takes a reference on its body, which the caller must release.</summary>
    public bool TryOpen(ObjectKey key, [NotNullWhen(true)] out StoredObject? found)
    {
        lock (_gate)
        {
            if (_objects.TryGetValue(key, out found))
            {
                found.Body.Acquire();
                return true;
            }

            return false;
        }
    }

    public ListPage List(ListQuery query)
    {
        lock (_gate)
        {
            return ListPage.Read(_order, key => _objects[key], query);
        }
    }

    public bool TryFindUpload(string id, [NotNullWhen(true)] out MultipartUpload? upload)
    {
        lock (_gate)
        {
            upload = _uploads.TryGetValue(id, out var state) ? state.Upload : null;
            return upload is not null;
        }
    }

    /// <summary>The parts of an upload in order of number; empty when there is no such upload.</summary>
    public IReadOnlyList<UploadedPart> Parts(string uploadId)
    {
        lock (_gate)
        {
            return _uploads.TryGetValue(uploadId, out var state) ? [.. state.Parts.Values] : [];
        }
    }

    /// <summary>Every upload, in order of key and then of beginning.</summary>
    public IReadOnlyList<MultipartUpload> Uploads()
    {
        lock (_gate)
        {
            return [.. _uploads.Values.Select(static state => state.Upload).OrderBy(static upload => upload.Key).ThenBy(static upload => upload.Initiated).ThenBy(static upload => upload.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>Applies one committed record and lets go of the bodies it replaces.</summary>
    public void Apply(JournalRecord record)
    {
        ObjectBody? released = null;
        IReadOnlyList<BodyPart> deleted = [];
        lock (_gate)
        {
            switch (record)
            {
                case ObjectPut put:
                    released = Put(put.Object);
                    deleted = put.CompletedUpload is null ? [] : EndUpload(put.CompletedUpload, put.Object.Body.Parts);
                    break;
                case ObjectDeleted gone:
                    released = Remove(gone.Key);
                    break;
                case UploadStarted started:
                    _uploads.Add(started.Upload.Id, new UploadState(started.Upload, []));
                    break;
                case PartPut part when _uploads.TryGetValue(part.UploadId, out var state):
                    deleted = state.Parts.TryGetValue(part.Part.Number, out var replaced) ? [replaced.Body] : [];
                    state.Parts[part.Part.Number] = part.Part;
                    break;
                case UploadAborted aborted:
                    deleted = EndUpload(aborted.UploadId, []);
                    break;
            }
        }

        released?.Release();
        files.Delete(deleted);
    }

    /// <summary>What a compacted journal holds.</summary>
    public IReadOnlyList<JournalRecord> Records()
    {
        lock (_gate)
        {
            return
            [
                .. _order.Select(key => new ObjectPut(_objects[key], null)),
                .. _uploads.Values.SelectMany(static state => state.Parts.Values
                    .Select(part => (JournalRecord)new PartPut(state.Upload.Id, part)).Prepend(new UploadStarted(state.Upload))),
            ];
        }
    }

    /// <summary>The files that records name.</summary>
    public HashSet<Guid> LiveFiles()
    {
        lock (_gate)
        {
            return
            [
                .. _objects.Values.SelectMany(static stored => stored.Body.Parts).Select(static part => part.File),
                .. _uploads.Values.SelectMany(static state => state.Parts.Values).Select(static part => part.Body.File),
            ];
        }
    }

    private ObjectBody? Put(StoredObject stored)
    {
        if (_objects.TryGetValue(stored.Key, out var previous))
        {
            // New metadata on the old bytes: readers hold references on the body there is, so it stays.
            _objects[stored.Key] = previous.Body.IsSameAs(stored.Body) ? stored with { Body = previous.Body } : stored;
            return previous.Body.IsSameAs(stored.Body) ? null : previous.Body;
        }

        _objects.Add(stored.Key, stored);
        _order.Add(stored.Key);
        return null;
    }

    private ObjectBody? Remove(ObjectKey key)
    {
        _order.Remove(key);
        return _objects.Remove(key, out var removed) ? removed.Body : null;
    }

    private List<BodyPart> EndUpload(string id, IReadOnlyList<BodyPart> kept)
    {
        if (!_uploads.Remove(id, out var state))
        {
            return [];
        }

        var live = kept.Select(static part => part.File).ToHashSet();
        return [.. state.Parts.Values.Select(static part => part.Body).Where(part => !live.Contains(part.File))];
    }

    private sealed record UploadState(MultipartUpload Upload, SortedDictionary<int, UploadedPart> Parts);
}
