// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Zones;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Feed;

/// <summary>
/// What was heard of zones, on disk: with it a server starts and answers while the control plane is away. The control plane's answers
/// as they came, one a line; when there is twice as much of them as of zones, these are written anew. Used by the feed's loop alone.
/// </summary>
internal sealed class ZoneJournal(string path)
{
    /// <summary>Below this the file is not written anew.</summary>
    private const long FewBytes = 1 << 20;

    private long _wholeBytes;
    private long _bytes;

    /// <summary>What was written, as far as it can be read: what a crash has torn was never acknowledged.</summary>
    public IEnumerable<ZoneAnswer> Read()
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        foreach (var line in File.ReadLines(path))
        {
            ZoneAnswer? answer;
            try
            {
                answer = JsonSerializer.Deserialize(line, ContractsJson.Default.ZoneAnswer);
            }
            catch (JsonException)
            {
                yield break;
            }

            if (answer is not null)
            {
                yield return answer;
            }
        }
    }

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Append(ZoneAnswer answer)
    {
        using var file = Open(path, FileMode.Append);
        WriteLine(file, answer);
        file.Flush(flushToDisk: true);
        _bytes = file.Length;
    }

    public bool IsLong => _bytes > Math.Max(FewBytes, 2 * _wholeBytes);

    /// <summary>Writes everything anew; a crash leaves the old file or the new one.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Rewrite(IReadOnlyCollection<Zone> zones, ZoneAnswer last)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = Open(temporary, FileMode.CreateNew))
        {
            WriteLine(file, new ZoneAnswer { Position = last.Position, StartsAnew = true, HasMore = true });
            foreach (var zone in zones)
            {
                WriteLine(file, new ZoneAnswer { Position = last.Position, HasMore = true, Zones = [ZoneText.ToConfig(zone)] });
            }

            WriteLine(file, new ZoneAnswer { Position = last.Position, HealthChecks = last.HealthChecks });
            file.Flush(flushToDisk: true);
            _bytes = _wholeBytes = file.Length;
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static void WriteLine(FileStream file, ZoneAnswer answer)
    {
        JsonSerializer.Serialize(file, answer, ContractsJson.Default.ZoneAnswer);
        file.WriteByte((byte)'\n');
    }

    private static FileStream Open(string path, FileMode mode) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.Write,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
}
