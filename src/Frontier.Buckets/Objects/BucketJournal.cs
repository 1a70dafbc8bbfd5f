// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Frontier.Buckets.Objects;

/// <summary>
/// The append-only file whose flushed records are the bucket's truth. Written by the bucket's commit loop alone. A tail torn
/// by a crash is cut off; it can be no longer than one batch, so longer damage is not a torn tail and is refused.
/// </summary>
internal sealed class BucketJournal : IDisposable
{
    public const string FileName = "journal";

    /// <summary>What one flush may carry, and so how much a crash can leave half-written; one record always fits.</summary>
    public const int MaxBatchBytes = 2 * JournalCodec.MaxPayloadBytes;

    private const string NextFileName = "journal.next";

    private readonly string _directory;
    private SafeFileHandle _file;
    private long _length;

    private BucketJournal(string directory, SafeFileHandle file, long length)
    {
        _directory = directory;
        _file = file;
        _length = length;
    }

    private static ReadOnlySpan<byte> Magic => "FRBKT\0\0\u0001"u8;

    /// <summary>Writes a journal of these frames beside the present one, if any, and puts it in its place in one step.</summary>
    public static BucketJournal Create(string directory, IEnumerable<byte[]> frames)
    {
        var (file, length) = WriteNext(directory, frames);
        try
        {
            File.Move(Path.Combine(directory, NextFileName), Path.Combine(directory, FileName), overwrite: true);
            DirectorySync.Flush(directory);
            return new BucketJournal(directory, file, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The new journal, whole and flushed under its temporary name, and open: a rename takes the handle along.</summary>
    private static (SafeFileHandle File, long Length) WriteNext(string directory, IEnumerable<byte[]> frames)
    {
        var next = Path.Combine(directory, NextFileName);
        using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            stream.Write(Magic);
            foreach (var frame in frames)
            {
                stream.Write(frame);
            }

            stream.Flush(flushToDisk: true);
        }

        var file = OpenFile(directory, NextFileName);
        return (file, RandomAccess.GetLength(file));
    }

    /// <summary>Replays every record to <paramref name="apply"/> and cuts off a torn tail.</summary>
    /// <returns>The journal ready to append, and how many bytes were cut off.</returns>
    /// <exception cref="InvalidDataException">It is not a journal, or is damaged in more than its tail.</exception>
    public static (BucketJournal Journal, long TornBytes) Open(string directory, Action<ReadOnlyMemory<byte>> apply)
    {
        File.Delete(Path.Combine(directory, NextFileName));
        var path = Path.Combine(directory, FileName);
        var good = Replay(path, apply);
        var file = OpenFile(directory);
        var torn = RandomAccess.GetLength(file) - good;
        if (torn > MaxBatchBytes)
        {
            file.Dispose();
            throw new InvalidDataException($"The journal {path} is damaged at byte {good}, {torn} bytes before its end, which no crash explains. Restore it from a backup.");
        }

        if (torn > 0)
        {
            RandomAccess.SetLength(file, good);
            RandomAccess.FlushToDisk(file);
        }

        return (new BucketJournal(directory, file, good), torn);
    }

    /// <summary>Appends and flushes; on failure to write nothing is left behind. A failure to flush is final: see <see cref="IsBroken"/>.</summary>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> frames)
    {
        try
        {
            await RandomAccess.WriteAsync(_file, frames, _length);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_file, _length);
            throw;
        }

        // Until the flush has succeeded nobody knows what the file holds, and a second flush would lie (the kernel drops the failed pages).
        IsBroken = true;
        RandomAccess.FlushToDisk(_file);
        IsBroken = false;
        _length += frames.Length;
    }

    /// <summary>A flush has failed: nothing may be appended before the bucket is opened anew.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Replaces all records by <paramref name="frames"/>, which say the same in fewer bytes.</summary>
    public void Rewrite(IEnumerable<byte[]> frames)
    {
        var (next, length) = WriteNext(_directory, frames);
        try
        {
            File.Move(Path.Combine(_directory, NextFileName), Path.Combine(_directory, FileName), overwrite: true);
        }
        catch
        {
            next.Dispose();
            throw;
        }

        // From here on the name means the new file, whatever else fails: what were appended to the old one would be lost.
        _file.Dispose();
        _file = next;
        _length = length;
        IsBroken = true;
        DirectorySync.Flush(_directory);
        IsBroken = false;
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle OpenFile(string directory, string name = FileName) =>
        File.OpenHandle(Path.Combine(directory, name), FileMode.Open, FileAccess.ReadWrite, FileShare.Read, FileOptions.Asynchronous);

    private static long Replay(string path, Action<ReadOnlyMemory<byte>> apply)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        var window = ArrayPool<byte>.Shared.Rent(2 * (JournalCodec.MaxPayloadBytes + JournalCodec.FrameHeaderBytes));
        try
        {
            var filled = stream.ReadAtLeast(window, Magic.Length, throwOnEndOfStream: false);
            if (filled < Magic.Length || !window.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            {
                throw new InvalidDataException($"{path} is not a bucket's journal of this version.");
            }

            var start = Magic.Length;
            long good = start;
            while (true)
            {
                while (JournalCodec.TryReadFrame(window.AsMemory(start, filled - start), out var payload))
                {
                    apply(payload);
                    start += JournalCodec.FrameHeaderBytes + payload.Length;
                    good += JournalCodec.FrameHeaderBytes + payload.Length;
                }

                // A frame at the window's end may only be cut by the window: move it to the front and read on.
                window.AsSpan(start, filled - start).CopyTo(window);
                filled -= start;
                start = 0;
                var read = stream.Read(window, filled, window.Length - filled);
                if (read == 0)
                {
                    return good;
                }

                filled += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }
}
