// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Frontier.Control.Store;

namespace Frontier.Control.Backup;

/// <summary>
/// Reads what <see cref="BackupWriter"/> wrote, in two passes: nothing of a file is used before all of it was found good.
/// </summary>
public sealed class BackupReader
{
    /// <summary>Longer than any row: one holds a snapshot at most, whose documents have a megabyte each.</summary>
    private const int LongestLine = 1 << 30;

    private const string Damaged = "The backup is damaged: ";

    private readonly Stream _source;
    private readonly Dictionary<string, BackupColumns> _tables;

    private BackupReader(Stream source, DateTimeOffset createdAt, long rows, IReadOnlyList<BackupFile> files, Dictionary<string, BackupColumns> tables) =>
        (_source, CreatedAt, Rows, Files, _tables) = (source, createdAt, rows, files, tables);

    public DateTimeOffset CreatedAt { get; }

    public long Rows { get; }

    public IReadOnlyList<BackupFile> Files { get; }

    /// <summary>Reads the file to its end and makes sure that it is whole.</summary>
    /// <param name="source">Can seek, and stays open for <see cref="ReadAsync"/>.</param>
    /// <exception cref="InvalidDataException">It is cut, altered, no backup at all, or one of a later version.</exception>
    public static async Task<BackupReader> OpenAsync(Stream source, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        BackupHeader? header = null;
        BackupEnd? end = null;
        Dictionary<string, BackupColumns> tables = [];
        List<BackupFile> files = [];
        long lines = 0, rows = 0, bytes = 0;
        await foreach (var line in ReadLinesAsync(source, cancellationToken))
        {
            if (end is not null)
            {
                throw new InvalidDataException(Damaged + "something follows its end.");
            }

            if (header is null)
            {
                header = ReadHeader(line);
                tables = header.Tables.ToDictionary(static table => table.Key, static table => BackupColumns.Match(table.Key, table.Value));
            }
            else if (line.Span is [(byte)'[', ..])
            {
                ToRow(tables, line);
                rows++;
            }
            else if (line.Span.StartsWith("{\"file\":"u8))
            {
                files.Add(Deserialize(line, BackupJson.Default.BackupFile));
            }
            else
            {
                end = Deserialize(line, BackupJson.Default.BackupEnd);
                var sum = Convert.ToHexStringLower(hash.GetHashAndReset());
                if (end.Lines != lines || end.Sha256 != sum)
                {
                    throw new InvalidDataException(Damaged + "its checksum is another one.");
                }
            }

            hash.AppendData(line.Span);
            hash.AppendData("\n"u8);
            bytes += line.Length + 1;
            lines++;
        }

        return end is null || !await EndsWithLengthAsync(source, bytes, cancellationToken)
            ? throw new InvalidDataException(header is null ? "The file is empty." : Damaged + "it was cut short.")
            : new BackupReader(source, header!.CreatedAt, rows, files, tables);
    }

    /// <summary>Every row, in the order they were written.</summary>
    public async IAsyncEnumerable<StoredRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in ReadLinesAsync(_source, cancellationToken))
        {
            if (line.Span is [(byte)'[', ..])
            {
                yield return ToRow(_tables, line);
            }
        }
    }

    private static BackupHeader ReadHeader(ReadOnlyMemory<byte> line)
    {
        BackupHeader? header = null;
        try
        {
            header = JsonSerializer.Deserialize(line.Span, BackupJson.Default.BackupHeader);
        }
        catch (JsonException)
        {
            // Said below, as of any other file.
        }

        return header switch
        {
            null or { Format: not BackupHeader.Name } => throw new InvalidDataException("The file is no backup of Frontier."),
            { Version: > BackupHeader.Newest } => throw new InvalidDataException(
                $"The backup has version {header.Version} of its format; this version of Frontier knows {BackupHeader.Newest}. Use the version that made it or a later one."),
            _ => header,
        };
    }

    private static T Deserialize<T>(ReadOnlyMemory<byte> line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line.Span, type) ?? throw new InvalidDataException(Damaged + "a line says nothing.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(Damaged + "a line cannot be read.", error);
        }
    }

    private static StoredRow ToRow(Dictionary<string, BackupColumns> tables, ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var values = json.RootElement.EnumerateArray().ToImmutableArray();
            if (values is [{ ValueKind: JsonValueKind.String } name, ..] && tables.TryGetValue(name.GetString()!, out var columns))
            {
                return columns.ToRow(values.RemoveAt(0));
            }
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw new InvalidDataException(Damaged + "a row cannot be read.", error);
        }

        throw new InvalidDataException(Damaged + "a row belongs to no table.");
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync(Stream source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        source.Position = 0;
        await using var gzip = new GZipStream(source, CompressionMode.Decompress, leaveOpen: true);
        var pipe = PipeReader.Create(gzip, new StreamPipeReaderOptions(bufferSize: 1 << 20)); // a long line is searched again with each read
        try
        {
            while (true)
            {
                var read = await FillAsync(pipe, cancellationToken);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    yield return buffer.Slice(0, end).ToArray();
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                if (buffer.Length > LongestLine || (read.IsCompleted && buffer.Length > 0))
                {
                    throw new InvalidDataException(Damaged + "a line has no end.");
                }

                if (read.IsCompleted)
                {
                    yield break;
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    /// <summary>Gzip ends with the length of what it holds, modulo 2^32 (RFC 1952, section 2.3.1); that it is there nobody else checks.</summary>
    private static async Task<bool> EndsWithLengthAsync(Stream source, long bytes, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(uint)];
        source.Seek(-length.Length, SeekOrigin.End);
        await source.ReadExactlyAsync(length, cancellationToken);
        return BinaryPrimitives.ReadUInt32LittleEndian(length) == (uint)bytes;
    }

    private static async ValueTask<ReadResult> FillAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        try
        {
            return await pipe.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException("The file is no backup of Frontier, or it is damaged.", error);
        }
    }
}
