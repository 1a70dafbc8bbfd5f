// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Text;
using Frontier.Caching.Disk;

namespace Frontier.Caching.Purging;

/// <summary>
/// The ledger's file: checksummed frames, appended and flushed before a purge of the log is acknowledged, rewritten beside itself
/// when most of it is out of date. A frame is <c>u32 length, u32 crc, payload</c>; a payload is a kind byte and its fields. Reading
/// stops at the first frame that is not whole: the position is then what it was before that frame, so the log is asked for the
/// rest again. Used under the cache's purge lock only.
/// </summary>
internal sealed class PurgeJournal(string directory, IDiskFiles files) : IDisposable
{
    private const string Name = "purges.journal";
    private const byte PurgeKind = 1;
    private const byte PartitionKind = 2;
    private const byte PositionKind = 3;

    // Below this a rewrite gains nothing.
    private const long MinRewriteBytes = 1 << 20;

    // One frame stays far below what a damaged length could make us allocate.
    private const int MaxFrameBytes = 16 << 20;

    private IDiskFile? _file;
    private long _length;
    private long _lengthAtRewrite;

    public bool IsWorthRewriting => _length > MinRewriteBytes && _length > 2 * _lengthAtRewrite;

    /// <summary>Reads the file into the ledger. Null when there is none that says where it stands: nothing on disk can be trusted then.</summary>
    public async Task<long?> LoadAsync(PurgeLedger ledger)
    {
        var path = Path.Combine(directory, Name);
        if (!files.Exists(path))
        {
            return null;
        }

        _file = files.Open(path);
        long? position = null;
        var header = new byte[8];
        while (await DiskIO.TryFillAsync(_file, header, _length))
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (length is <= 0 or > MaxFrameBytes)
            {
                break;
            }

            var payload = new byte[length];
            if (!await DiskIO.TryFillAsync(_file, payload, _length + header.Length)
                || DiskIO.Crc(0, payload) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)))
            {
                break;
            }

            position = Replay(payload, ledger) ?? position;
            _length += header.Length + length;
        }

        _lengthAtRewrite = _length;
        return position;
    }

    /// <summary>Appends and flushes. Throws <see cref="IOException"/> when that cannot be done; what is half written counts for nothing.</summary>
    public async Task AppendAsync(IEnumerable<StampedPurge> purges)
    {
        using var buffer = new MemoryStream();
        foreach (var purge in purges)
        {
            WriteFrame(buffer, writer =>
            {
                writer.Write(PurgeKind);
                writer.Write(purge.Stamp);
                writer.Write(purge.LogSequence);
                writer.Write(purge.Partition);
                writer.Write(purge.Patterns.Length);
                foreach (var pattern in purge.Patterns)
                {
                    writer.Write((byte)pattern.Kind);
                    writer.Write(pattern.PrefixLength);
                    writer.Write(pattern.Hash);
                }
            });
        }

        await _file!.WriteAsync([buffer.ToArray()], _length);
        _file.Flush();
        _length += buffer.Length;
    }

    /// <summary>Writes what the ledger holds to a new file and puts it in the old one's place.</summary>
    public async Task RewriteAsync(PurgeLedger ledger, long position)
    {
        var path = Path.Combine(directory, Name);
        var next = path + ".new";
        files.Delete(next);
        var file = files.Create(next);
        long length;
        try
        {
            length = await WriteLedgerAsync(file, ledger, position);
            file.Flush();
            files.Move(next, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _file?.Dispose();
        _file = file;
        _length = _lengthAtRewrite = length;
    }

    public void Dispose() => _file?.Dispose();

    private static async Task<long> WriteLedgerAsync(IDiskFile file, PurgeLedger ledger, long position)
    {
        using var buffer = new MemoryStream();
        var length = 0L;
        foreach (var purges in ledger.Partitions)
        {
            // In pieces, so that neither a frame nor what is held of the file grows with the ledger.
            var pieces = purges.Patterns.Chunk(65_536).DefaultIfEmpty([]);
            foreach (var piece in pieces)
            {
                WriteFrame(buffer, writer => WritePartition(writer, purges, piece));
                await WriteOutAsync();
            }
        }

        // Last, so that a file cut short claims no position.
        WriteFrame(buffer, writer =>
        {
            writer.Write(PositionKind);
            writer.Write(position);
            writer.Write(ledger.Floor);
            writer.Write(ledger.Stamped);
            var sequences = ledger.Log.Entries;
            writer.Write(sequences.Length);
            foreach (var (stamp, sequence) in sequences)
            {
                writer.Write(stamp);
                writer.Write(sequence);
            }
        });
        await WriteOutAsync();
        return length;

        async Task WriteOutAsync()
        {
            await file.WriteAsync([buffer.ToArray()], length);
            length += buffer.Length;
            buffer.SetLength(0);
        }
    }

    private static void WritePartition(BinaryWriter writer, PartitionSnapshot purges, (PatternKind Kind, ulong Key, long Stamp)[] patterns)
    {
        writer.Write(PartitionKind);
        writer.Write(purges.Partition);
        writer.Write(purges.AllBefore);
        writer.Write(purges.Latest);
        writer.Write(purges.PrefixLengths.Length);
        foreach (var length in purges.PrefixLengths)
        {
            writer.Write(length);
        }

        writer.Write(patterns.Length);
        foreach (var (kind, key, stamp) in patterns)
        {
            writer.Write((byte)kind);
            writer.Write(key);
            writer.Write(stamp);
        }
    }

    private static void WriteFrame(MemoryStream buffer, Action<BinaryWriter> write)
    {
        var start = (int)buffer.Position;
        buffer.Write(stackalloc byte[8]);
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        var frame = buffer.GetBuffer().AsSpan(start, (int)buffer.Position - start);
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - 8);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], DiskIO.Crc(0, frame[8..]));
    }

    /// <summary>The position the frame brings the ledger to, if it says.</summary>
    private static long? Replay(byte[] payload, PurgeLedger ledger)
    {
        using var reader = new BinaryReader(new MemoryStream(payload), Encoding.UTF8);
        switch (reader.ReadByte())
        {
            case PurgeKind:
                var stamp = reader.ReadInt64();
                var sequence = reader.ReadInt64();
                var partition = reader.ReadString();
                var patterns = new PurgePattern[reader.ReadInt32()];
                for (var at = 0; at < patterns.Length; at++)
                {
                    patterns[at] = new PurgePattern((PatternKind)reader.ReadByte(), reader.ReadInt32(), reader.ReadUInt64());
                }

                ledger.Stamp(partition, patterns, stamp);
                if (!PurgeStamp.IsOfLog(stamp))
                {
                    return null;
                }

                ledger.Log.Remember(stamp, sequence);
                return sequence;

            case PartitionKind:
                var purges = ledger.For(reader.ReadString());
                purges.Merge(reader.ReadInt64());
                purges.Publish(reader.ReadInt64());
                for (var left = reader.ReadInt32(); left > 0; left--)
                {
                    purges.NoteLength(reader.ReadInt32());
                }

                for (var left = reader.ReadInt32(); left > 0; left--)
                {
                    purges.Restore((PatternKind)reader.ReadByte(), reader.ReadUInt64(), reader.ReadInt64());
                }

                ledger.Recount();

                return null;

            default:
                var position = reader.ReadInt64();
                ledger.RaiseFloor(reader.ReadInt64());
                ledger.Reach(reader.ReadInt64());
                for (var left = reader.ReadInt32(); left > 0; left--)
                {
                    ledger.Log.Remember(reader.ReadInt64(), reader.ReadInt64());
                }

                return position;
        }
    }
}
