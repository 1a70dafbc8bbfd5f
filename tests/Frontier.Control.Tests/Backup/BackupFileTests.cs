// SPDX-License-Identifier: Apache-2.0

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Frontier.Control.Backup;
using Frontier.Control.Store;

namespace Frontier.Control.Tests.Backup;

/// <summary>A backup is read back as it was written, or refused whole.</summary>
public sealed class BackupFileTests
{
    private static readonly StoreTable Snapshot = StoreTables.All.Single(table => table.Name == "snapshot");

    [Fact]
    public async Task Rows_and_files_come_back_as_they_were_written()
    {
        var backup = await WriteAsync(200);

        var reader = await BackupReader.OpenAsync(new MemoryStream(backup), default);
        var rows = await reader.ReadAsync(default).ToListAsync();

        Assert.Equal((200, 200), (reader.Rows, rows.Count));
        Assert.Equal(DateTimeOffset.UnixEpoch, reader.CreatedAt);
        Assert.Equal([new BackupFile("secrets/access-key", "ID:SECRET\n")], reader.Files);
        Assert.All(rows.Index(), row => Assert.Equal([(long)row.Index, Text(row.Index), -1L], row.Item.Values));
    }

    [Fact]
    public async Task A_file_cut_anywhere_is_refused()
    {
        var backup = await WriteAsync(20);

        for (var length = 0; length < backup.Length; length++)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => BackupReader.OpenAsync(new MemoryStream(backup[..length]), default));
        }
    }

    [Fact]
    public async Task A_file_with_any_byte_altered_is_refused_or_says_the_same()
    {
        var backup = await WriteAsync(20);
        var refused = 0;

        for (var position = 0; position < backup.Length; position++)
        {
            var altered = backup.ToArray();
            altered[position] ^= 0x20;
            try
            {
                // The head of a gzip file holds a time and a system, and its last block ends with bits, that mean nothing to what is in it.
                var reader = await BackupReader.OpenAsync(new MemoryStream(altered), default);
                var rows = await reader.ReadAsync(default).ToListAsync();
                Assert.Equal(20, rows.Count);
                Assert.All(rows.Index(), row => Assert.Equal([(long)row.Index, Text(row.Index), -1L], row.Item.Values));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, backup.Length - 11, backup.Length);
    }

    /// <summary>Compressed again, so that the checksum of gzip is right and only our own can tell.</summary>
    [Theory]
    [InlineData("text 3", "text 4", "its checksum is another one")]
    [InlineData("SECRET", "SECRE7", "its checksum is another one")]
    [InlineData("[\"snapshot\",7,", "[\"snapshot\",\"7\",", "a row cannot be read")]
    [InlineData("[\"snapshot\",7,", "[\"snapshot\",", "a row cannot be read")]
    [InlineData("[\"snapshot\",7,", "[\"nothing\",7,", "a row belongs to no table")]
    [InlineData("{\"lines\":", "{\"lines\":1", "its checksum is another one")]
    public async Task Whoever_alters_what_is_inside_is_found_out(string old, string altered, string reason)
    {
        var text = Unpack(await WriteAsync(10));
        Assert.Contains(old, text, StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => BackupReader.OpenAsync(new MemoryStream(Pack(text.Replace(old, altered, StringComparison.Ordinal))), default));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_after_the_end_is_refused()
    {
        var text = Unpack(await WriteAsync(3));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => BackupReader.OpenAsync(new MemoryStream(Pack(text + "[\"snapshot\",9,\"\",0]\n")), default));

        Assert.Contains("something follows its end", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("hello\n", "no backup of Frontier")]
    [InlineData("{\"format\":\"another\",\"version\":1,\"createdAt\":\"2026-01-01T00:00:00Z\",\"tables\":{}}\n", "no backup of Frontier")]
    [InlineData("{\"format\":\"frontier-backup\",\"version\":2,\"createdAt\":\"2026-01-01T00:00:00Z\",\"tables\":{}}\n", "version 2 of its format")]
    [InlineData("{\"format\":\"frontier-backup\",\"version\":1,\"createdAt\":\"2026-01-01T00:00:00Z\",\"tables\":{\"later\":[\"a\"]}}\n", "table \"later\"")]
    [InlineData("{\"format\":\"frontier-backup\",\"version\":1,\"createdAt\":\"2026-01-01T00:00:00Z\",\"tables\":{\"alias\":[\"name\",\"resource\",\"later\"]}}\n", "column \"alias.later\"")]
    [InlineData("{\"format\":\"frontier-backup\",\"version\":1,\"createdAt\":\"2026-01-01T00:00:00Z\",\"tables\":{\"alias\":[\"name\"]}}\n", "no column \"alias.resource\"")]
    public async Task What_is_no_backup_or_one_of_a_later_version_is_named(string content, string sentence)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => BackupReader.OpenAsync(new MemoryStream(Pack(content)), default));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_even_compressed_is_named() =>
        Assert.Contains("no backup of Frontier", (await Assert.ThrowsAsync<InvalidDataException>(() => BackupReader.OpenAsync(new MemoryStream(RandomNumberGenerator.GetBytes(1_000)), default))).Message, StringComparison.Ordinal);

    /// <summary>From before columns were added or put elsewhere: what stands under a name goes where that name is now.</summary>
    [Fact]
    public async Task Columns_are_found_by_their_names()
    {
        var text = """
            {"format":"frontier-backup","version":1,"createdAt":"2026-01-01T00:00:00Z","tables":{"alias":["resource","name"],"resource":["position","kind","id","etag","body","modified_at","snapshot_version","deployed"]}}
            ["resource",1,"Distribution","E1","A","<x/>",5,6,true]
            ["alias",1,"www.example.com"]

            """;
        var end = $$"""{"lines":3,"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}}"}""" + "\n";

        var reader = await BackupReader.OpenAsync(new MemoryStream(Pack(text + end)), default);
        var rows = await reader.ReadAsync(default).ToListAsync();

        Assert.Equal([1L, "Distribution", "E1", null, null, null, "A", "<x/>", 5L, 6L, true], rows[0].Values);
        Assert.Equal(["www.example.com", 1L], rows[1].Values);
    }

    private static string Text(int number) => $"text {number} \"ü\u0001\n{new string('x', number)}";

    private static async Task<byte[]> WriteAsync(int rows)
    {
        var target = new MemoryStream();
        var content = Enumerable.Range(0, rows).Select(number => new StoredRow(Snapshot, [(long)number, Text(number), -1L])).ToAsyncEnumerable();
        await BackupWriter.WriteAsync(target, content, [new BackupFile("secrets/access-key", "ID:SECRET\n")], DateTimeOffset.UnixEpoch, _ => { }, default);
        return target.ToArray();
    }

    private static string Unpack(byte[] backup)
    {
        using var gzip = new GZipStream(new MemoryStream(backup), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }

    private static byte[] Pack(string text)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return target.ToArray();
    }
}
