// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Text;

namespace Frontier.Buckets.Objects;

/// <summary>
/// Records as bytes. A frame is the payload's length (4 bytes, little-endian), its CRC-32C (4 bytes), the payload; a payload
/// is a kind and fields in <see cref="BinaryWriter"/>'s forms. Kinds and fields are stored: they may be added to, never changed.
/// </summary>
internal static class JournalCodec
{
    public const int FrameHeaderBytes = 8;

    /// <summary>Bounds a record: 10,000 parts of 24 bytes each and a few KiB of metadata fit ten times.</summary>
    public const int MaxPayloadBytes = 4 << 20;

    private enum Kind : byte
    {
        BucketCreated = 1,
        ObjectPut = 2,
        ObjectDeleted = 3,
        UploadStarted = 4,
        PartPut = 5,
        UploadAborted = 6,
        SettingPut = 7,
    }

    public static byte[] Frame(JournalRecord record)
    {
        using var stream = new MemoryStream(512);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(0L);
        Write(writer, record);
        writer.Flush();
        var frame = stream.ToArray();
        var payload = frame.AsSpan(FrameHeaderBytes);
        if (payload.Length > MaxPayloadBytes)
        {
            throw new InvalidOperationException($"A journal record of {payload.Length} bytes exceeds the bound of {MaxPayloadBytes}.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), (uint)ReflectedCrc.Crc32C.Append(0, payload));
        return frame;
    }

    /// <summary>The payload at the start of <paramref name="bytes"/>; false when there is no whole and undamaged frame.</summary>
    public static bool TryReadFrame(ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        if (bytes.Length <= FrameHeaderBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        if (length is <= 0 or > MaxPayloadBytes || length > bytes.Length - FrameHeaderBytes)
        {
            return false;
        }

        payload = bytes.Slice(FrameHeaderBytes, length);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[4..]) == (uint)ReflectedCrc.Crc32C.Append(0, payload.Span);
    }

    /// <summary>Reads a payload whose checksum was right.</summary>
    /// <exception cref="InvalidDataException">It is of a kind this version does not know.</exception>
    public static JournalRecord Read(ReadOnlyMemory<byte> payload, BodyFiles files)
    {
        using var reader = new BinaryReader(new MemoryStream(payload.ToArray()), Encoding.UTF8);
        var kind = reader.ReadByte();
        return (Kind)kind switch
        {
            Kind.BucketCreated => new BucketCreated(ReadTime(reader), reader.ReadString()),
            Kind.ObjectPut => new ObjectPut(ReadObject(reader, files), ReadOptional(reader)),
            Kind.ObjectDeleted => new ObjectDeleted(ReadKey(reader)),
            Kind.UploadStarted => new UploadStarted(new MultipartUpload(
                reader.ReadString(), ReadKey(reader), ReadTime(reader), ReadMetadata(reader),
                reader.ReadByte() is not 0 and var algorithm ? (ChecksumAlgorithm)algorithm : null, reader.ReadBoolean())),
            Kind.PartPut => new PartPut(reader.ReadString(), new UploadedPart(reader.ReadInt32(), ReadPart(reader), reader.ReadString(), ReadTime(reader), ReadChecksum(reader))),
            Kind.UploadAborted => new UploadAborted(reader.ReadString()),
            Kind.SettingPut => new SettingPut((BucketSetting)reader.ReadByte(), reader.ReadBytes(reader.ReadInt32())),
            _ => throw new InvalidDataException($"A journal record is of kind {kind}, which this version does not know."),
        };
    }

    private static void Write(BinaryWriter writer, JournalRecord record)
    {
        switch (record)
        {
            case BucketCreated created:
                writer.Write((byte)Kind.BucketCreated);
                writer.Write(created.Created.UtcTicks);
                writer.Write(created.Region);
                break;
            case ObjectPut put:
                writer.Write((byte)Kind.ObjectPut);
                WriteObject(writer, put.Object);
                writer.Write(put.CompletedUpload ?? "");
                break;
            case ObjectDeleted deleted:
                writer.Write((byte)Kind.ObjectDeleted);
                WriteBytes(writer, deleted.Key.Bytes);
                break;
            case UploadStarted started:
                writer.Write((byte)Kind.UploadStarted);
                WriteUpload(writer, started.Upload);
                break;
            case PartPut part:
                writer.Write((byte)Kind.PartPut);
                writer.Write(part.UploadId);
                WriteUploadedPart(writer, part.Part);
                break;
            case UploadAborted aborted:
                writer.Write((byte)Kind.UploadAborted);
                writer.Write(aborted.UploadId);
                break;
            case SettingPut setting:
                writer.Write((byte)Kind.SettingPut);
                writer.Write((byte)setting.Setting);
                WriteBytes(writer, setting.Document);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record));
        }
    }

    private static void WriteObject(BinaryWriter writer, StoredObject stored)
    {
        WriteBytes(writer, stored.Key.Bytes);
        writer.Write(stored.ETag);
        writer.Write(stored.LastModified.UtcTicks);
        WriteMetadata(writer, stored.Metadata);
        WriteChecksum(writer, stored.Checksum);
        writer.Write(stored.Body.Parts.Count);
        foreach (var part in stored.Body.Parts)
        {
            WritePart(writer, part);
        }
    }

    private static StoredObject ReadObject(BinaryReader reader, BodyFiles files)
    {
        var (key, etag, modified, metadata, checksum) = (ReadKey(reader), reader.ReadString(), ReadTime(reader), ReadMetadata(reader), ReadChecksum(reader));
        var parts = new BodyPart[reader.ReadInt32()];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = ReadPart(reader);
        }

        return new StoredObject(key, etag, modified, metadata, checksum, new ObjectBody(files, parts));
    }

    private static void WriteUpload(BinaryWriter writer, MultipartUpload upload)
    {
        writer.Write(upload.Id);
        WriteBytes(writer, upload.Key.Bytes);
        writer.Write(upload.Initiated.UtcTicks);
        WriteMetadata(writer, upload.Metadata);
        writer.Write((byte)(upload.ChecksumAlgorithm ?? 0));
        writer.Write(upload.FullObject);
    }

    private static void WriteUploadedPart(BinaryWriter writer, UploadedPart part)
    {
        writer.Write(part.Number);
        WritePart(writer, part.Body);
        writer.Write(part.Md5);
        writer.Write(part.LastModified.UtcTicks);
        WriteChecksum(writer, part.Checksum);
    }

    private static void WriteMetadata(BinaryWriter writer, ObjectMetadata metadata)
    {
        WritePairs(writer, metadata.Headers);
        WritePairs(writer, metadata.Tags);
        writer.Write(metadata.StorageClass);
    }

    private static ObjectMetadata ReadMetadata(BinaryReader reader) => new(ReadPairs(reader), ReadPairs(reader), reader.ReadString());

    private static void WritePairs(BinaryWriter writer, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        writer.Write(pairs.Count);
        foreach (var (name, value) in pairs)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    private static KeyValuePair<string, string>[] ReadPairs(BinaryReader reader)
    {
        var pairs = new KeyValuePair<string, string>[reader.ReadInt32()];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(reader.ReadString(), reader.ReadString());
        }

        return pairs;
    }

    private static void WriteChecksum(BinaryWriter writer, ObjectChecksum? checksum)
    {
        writer.Write((byte)(checksum?.Algorithm ?? 0));
        writer.Write(checksum?.Value ?? "");
        writer.Write(checksum?.IsComposite ?? false);
    }

    private static ObjectChecksum? ReadChecksum(BinaryReader reader)
    {
        var (algorithm, value, isComposite) = ((ChecksumAlgorithm)reader.ReadByte(), reader.ReadString(), reader.ReadBoolean());
        return algorithm == 0 ? null : new ObjectChecksum(algorithm, value, isComposite);
    }

    private static void WritePart(BinaryWriter writer, BodyPart part)
    {
        writer.Write(part.File.ToByteArray());
        writer.Write(part.Length);
    }

    private static BodyPart ReadPart(BinaryReader reader) => new(new Guid(reader.ReadBytes(16)), reader.ReadInt64());

    private static void WriteBytes(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static ObjectKey ReadKey(BinaryReader reader) => ObjectKey.FromBytes(reader.ReadBytes(reader.ReadInt32()));

    private static DateTimeOffset ReadTime(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);

    private static string? ReadOptional(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;
}
