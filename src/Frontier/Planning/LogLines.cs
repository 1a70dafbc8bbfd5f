// SPDX-License-Identifier: Apache-2.0

using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Frontier.Decisions.Planning;
using Frontier.OwnApi;

namespace Frontier.Planning;

/// <summary>The lines of access logs, one by one: files may be larger than memory.</summary>
internal static class LogLines
{
    /// <summary>What stands for a line that is longer than any of a log: it is counted as unreadable, and never held whole.</summary>
    public const string TooLong = "?";

    /// <summary>Lines of one file, which may be gzip, whatever its name.</summary>
    /// <exception cref="ApiException">It cannot be read.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        await using var lines = Cut(file, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(lines, path))
        {
            yield return lines.Current;
        }
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<string> lines, string path)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw new ApiException($"{path} cannot be read to its end: {error.Message} Give a plain or a whole gzip file.", error);
        }
    }

    private static Stream Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b; // RFC 1952, section 2.3.1
            file.Position = 0;
            return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file?.Dispose();
            throw new ApiException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static async IAsyncEnumerable<string> Cut(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var buffer = new char[LogLineReader.LongestLine];
        var held = 0;
        var skipping = false;
        while (await reader.ReadAsync(buffer.AsMemory(held), cancellationToken) is > 0 and var read)
        {
            held += read;
            var from = 0;
            while (buffer.AsSpan(from, held - from).IndexOf('\n') is >= 0 and var length)
            {
                yield return skipping ? TooLong : new string(buffer, from, length);
                skipping = false;
                from += length + 1;
            }

            buffer.AsSpan(from, held - from).CopyTo(buffer);
            held -= from;
            if (held == buffer.Length)
            {
                (skipping, held) = (true, 0);
            }
        }

        if (held > 0 || skipping)
        {
            yield return skipping ? TooLong : new string(buffer, 0, held);
        }
    }
}
