// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Feed;

/// <summary>
/// What is costly to make and wanted by many at once: made by whoever asks first, handed to all who ask for the same. The newest stay, as
/// many as the bound allows; what failed is made anew for the next to ask. Thread-safe.
/// </summary>
/// <param name="mostBytes">What is kept at most, but for the newest, which is kept whatever its size.</param>
internal sealed class SharedParts<TKey, T>(long mostBytes, Func<T, long> sizeOf)
    where TKey : notnull
{
    /// <summary>Bounds what small ones cost beside their bytes.</summary>
    private const int MostParts = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Part>> _byKey = [];
    private readonly LinkedList<Part> _oldestFirst = [];
    private long _bytes;

    /// <param name="make">Called by one of those who ask, who all wait for it.</param>
    public Task<T> GetAsync(TKey key, Func<TKey, Task<T>> make)
    {
        Part part;
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var known))
            {
                return known.Value.Made.Task;
            }

            part = new Part(key);
            _byKey[key] = _oldestFirst.AddLast(part);
            Trim();
        }

        return MakeAsync(part, make);
    }

    private async Task<T> MakeAsync(Part part, Func<TKey, Task<T>> make)
    {
        try
        {
            var made = await make(part.Key);
            lock (_gate)
            {
                part.Bytes = sizeOf(made);
                _bytes += IsKept(part) ? part.Bytes : 0;
                Trim();
            }

            part.Made.SetResult(made);
            return made;
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                if (IsKept(part))
                {
                    Remove(part.Key);
                }
            }

            part.Made.SetException(error);
            _ = part.Made.Task.Exception; // it is thrown here, whether or not anybody waits with us
            throw;
        }
    }

    /// <summary>Others may have crowded it out while it was made, and another been begun in its place.</summary>
    private bool IsKept(Part part) => _byKey.TryGetValue(part.Key, out var node) && ReferenceEquals(node.Value, part);

    private void Trim()
    {
        while (_oldestFirst.Count > 1 && (_bytes > mostBytes || _oldestFirst.Count > MostParts))
        {
            Remove(_oldestFirst.First!.Value.Key);
        }
    }

    private void Remove(TKey key)
    {
        if (_byKey.Remove(key, out var node))
        {
            _oldestFirst.Remove(node);
            _bytes -= node.Value.Bytes;
        }
    }

    private sealed class Part(TKey key)
    {
        public TKey Key { get; } = key;

        /// <summary>0 while it is being made.</summary>
        public long Bytes { get; set; }

        public TaskCompletionSource<T> Made { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
