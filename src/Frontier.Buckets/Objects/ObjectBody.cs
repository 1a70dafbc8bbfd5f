// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Objects;

/// <summary>One file of bytes. A part of no bytes has no file.</summary>
internal readonly record struct BodyPart(Guid File, long Length);

/// <summary>
/// The bytes of an object: its part files in order. The index holds one reference and each reader one more; the files go
/// when the last lets go, so that a reader finishes the body it began. Thread-safe.
/// </summary>
internal sealed class ObjectBody(BodyFiles files, IReadOnlyList<BodyPart> parts)
{
    private int _references = 1;

    public IReadOnlyList<BodyPart> Parts => parts;

    public long Length { get; } = parts.Sum(static part => part.Length);

    /// <summary>Takes a reference; the caller must hold the index's lock, under which the index still holds its own.</summary>
    public void Acquire() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            files.Delete(parts);
        }
    }

    /// <summary>Whether both are the same files, as when only an object's tags changed.</summary>
    public bool IsSameAs(ObjectBody other) => parts.Count > 0 && parts.SequenceEqual(other.Parts);

    /// <summary>Copies <paramref name="count"/> bytes from <paramref name="offset"/> to <paramref name="sink"/>, a buffer at a time.</summary>
    public async Task CopyAsync(long offset, long count, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> sink, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            if (offset >= part.Length)
            {
                offset -= part.Length;
                continue;
            }

            if (count == 0)
            {
                return;
            }

            using var handle = files.OpenRead(part);
            var end = Math.Min(part.Length, offset + count);
            count -= end - offset;
            while (offset < end)
            {
                var read = await RandomAccess.ReadAsync(handle, buffer[..(int)Math.Min(buffer.Length, end - offset)], offset, cancellationToken);
                if (read == 0)
                {
                    throw new InvalidDataException($"Body file {part.File:N} is shorter than its record says.");
                }

                await sink(buffer[..read], cancellationToken);
                offset += read;
            }

            offset = 0;
        }
    }
}
