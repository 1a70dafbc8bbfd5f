// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Collapsing;

/// <summary>Who reads a fill, and the signals between them and the writer. Used under the fill's lock only.</summary>
internal sealed class FillAudience
{
    private readonly HashSet<FillReader> _readers = [];
    private TaskCompletionSource? _arrival;
    private TaskCompletionSource? _departure;

    public bool IsEmpty => _readers.Count == 0;

    public int Count => _readers.Count;

    public void Attach(FillReader reader)
    {
        _readers.Add(reader);
        ReaderMoved();
    }

    public void Detach(FillReader reader)
    {
        _readers.Remove(reader);
        ReaderMoved();
    }

    /// <summary>The position of the reader that is furthest behind and still wants more; <paramref name="whenNone"/> without one.</summary>
    public long Slowest(long whenNone) =>
        _readers.Where(reader => !reader.IsDone).Select(reader => reader.Position).DefaultIfEmpty(whenNone).Min();

    /// <summary>Ends at the next <see cref="BytesCame"/>: bytes came, or none will.</summary>
    public Task NextBytes() => (_arrival ??= NewSignal()).Task;

    /// <summary>Ends when a reader moved on or left.</summary>
    public Task NextMove() => (_departure ??= NewSignal()).Task;

    public void BytesCame() => Pulse(ref _arrival);

    public void ReaderMoved() => Pulse(ref _departure);

    // Continuations run elsewhere: thousands of readers are not released on the writer's back, nor under the lock.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Pulse(ref TaskCompletionSource? signal)
    {
        signal?.TrySetResult();
        signal = null;
    }
}
