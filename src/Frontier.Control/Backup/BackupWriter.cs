// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Frontier.Control.Store;

namespace Frontier.Control.Backup;

/// <summary>
/// Writes a backup: lines of JSON, compressed with gzip. A line is the header, a row as <c>["table", value, …]</c>, a file, or
/// the end with a checksum (<c>docs/decisions/0010</c>).
/// </summary>
public static class BackupWriter
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <summary>Writes everything and leaves the stream open.</summary>
    /// <param name="progress">Told the number of rows written so far.</param>
    /// <returns>How many rows were written.</returns>
    public static async Task<long> WriteAsync(
        Stream target, IAsyncEnumerable<StoredRow> rows, IReadOnlyList<BackupFile> files, DateTimeOffset now, Action<long> progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
        var line = new ArrayBufferWriter<byte>();
        long lines = 0;

        async Task EndLineAsync()
        {
            line.Write(LineEnd);
            hash.AppendData(line.WrittenSpan);
            await gzip.WriteAsync(line.WrittenMemory, cancellationToken);
            line.ResetWrittenCount();
            lines++;
        }

        var tables = StoreTables.All.ToDictionary(static table => table.Name, static table => table.Columns.Select(static column => column.Name).ToArray());
        line.Write(JsonSerializer.SerializeToUtf8Bytes(new BackupHeader(BackupHeader.Name, BackupHeader.Newest, now, tables), BackupJson.Default.BackupHeader));
        await EndLineAsync();
        foreach (var file in files)
        {
            line.Write(JsonSerializer.SerializeToUtf8Bytes(file, BackupJson.Default.BackupFile));
            await EndLineAsync();
        }

        long count = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            WriteRow(line, row);
            await EndLineAsync();
            progress(++count);
        }

        line.Write(JsonSerializer.SerializeToUtf8Bytes(new BackupEnd(lines, Convert.ToHexStringLower(hash.GetHashAndReset())), BackupJson.Default.BackupEnd));
        await EndLineAsync();
        return count;
    }

    private static void WriteRow(ArrayBufferWriter<byte> line, StoredRow row)
    {
        using var json = new Utf8JsonWriter(line);
        json.WriteStartArray();
        json.WriteStringValue(row.Table.Name);
        foreach (var value in row.Values)
        {
            switch (value)
            {
                case null:
                    json.WriteNullValue();
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                case long number:
                    json.WriteNumberValue(number);
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                default:
                    throw new ArgumentException($"A {value.GetType().Name} is no value of a row.", nameof(row));
            }
        }

        json.WriteEndArray();
    }
}
