// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Frontier.Usage.AccessLogs;

/// <summary>
/// The open files of the access log and the space all of them take. Nothing here throws: the log is never a reason to fail a
/// request; what it loses, it counts. Used by one task only.
/// </summary>
internal sealed partial class AccessLogFiles(AccessLogOptions options) : IDisposable
{
    /// <summary>Distributions written in one hour beyond this share file handles: the least recently used is closed and reopened when needed.</summary>
    private const int MaxOpen = 256;

    /// <summary>The space is measured again after so much of it has been written: the bound is kept to this part of it.</summary>
    private const int MeasuredShare = 16;

    /// <summary>With the rest of its name, what file systems take. A distribution's id has fourteen characters.</summary>
    private const int MaxIdLength = 200;

    private readonly Dictionary<string, AccessLogFile> _open = [];
    private long _hour = -1;
    private string _suffix = "";
    private long _lines;
    private long _unmeasured;
    private bool _isFull;

    /// <summary>Appends a line to the file of its distribution and hour. Returns the number of lines lost: this one, and those that waited for the same file.</summary>
    /// <param name="hour">Counted from the year 1.</param>
    public int Append(ReadOnlySpan<byte> distributionId, long hour, ReadOnlySpan<byte> line)
    {
        if (distributionId.Length > MaxIdLength)
        {
            return 1;
        }

        SetHour(hour);
        Span<char> name = stackalloc char[MaxIdLength + _suffix.Length];
        name = name[..(Encoding.Latin1.GetChars(distributionId, name) + _suffix.Length)];
        _suffix.CopyTo(name[distributionId.Length..]);
        var lost = 0;
        try
        {
            if (!_open.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var file))
            {
                lost = MakeRoom();
                var newName = name.ToString();
                file = _open[newName] = new AccessLogFile(Path.Combine(options.Directory, newName), _hour);
            }
            else if (_unmeasured > options.TotalBytes / MeasuredShare)
            {
                Measure();
            }

            if (_isFull)
            {
                return lost + 1;
            }

            file.LastUse = ++_lines;
            _unmeasured += line.Length;
            file.Append(line);
            return lost;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return lost + Math.Max(1, Close(name.ToString()));
        }
    }

    /// <summary>Returns the number of lines lost.</summary>
    public int Flush()
    {
        var lost = 0;
        foreach (var (name, file) in _open.Where(static open => open.Value.Unflushed > 0).ToArray())
        {
            try
            {
                file.Flush();
            }
            catch (IOException)
            {
                lost += Close(name);
            }
        }

        return lost;
    }

    public void Dispose()
    {
        foreach (var name in _open.Keys.ToArray())
        {
            Close(name);
        }
    }

    private void SetHour(long hour)
    {
        if (hour != _hour)
        {
            _hour = hour;
            _suffix = string.Create(CultureInfo.InvariantCulture, $".{new DateTime(hour * TimeSpan.TicksPerHour):yyyy-MM-dd-HH}.log");
        }
    }

    /// <summary>Closes what is not written any more: the files of other hours, and the least recently used where too many are open.</summary>
    private int MakeRoom()
    {
        var lost = _open.Where(open => open.Value.Hour != _hour).Select(static open => open.Key).ToArray().Sum(Close);
        if (_open.Count >= MaxOpen)
        {
            lost += Close(_open.MinBy(static open => open.Value.LastUse).Key);
        }

        Directory.CreateDirectory(options.Directory);
        Measure();
        return lost;
    }

    /// <summary>Returns the number of lines lost by it.</summary>
    private int Close(string name)
    {
        if (!_open.Remove(name, out var file))
        {
            return 0;
        }

        file.Dispose();
        return file.Unflushed;
    }

    /// <summary>Deletes the oldest files that are over the bound. Where the open ones alone reach it, nothing is written until the hour is over.</summary>
    private void Measure()
    {
        var files = new DirectoryInfo(options.Directory).GetFiles("*.log").Where(static file => OurName.IsMatch(file.Name))
            .OrderByDescending(file => _open.ContainsKey(file.Name)).ThenByDescending(static file => HourOf(file.Name), StringComparer.Ordinal);
        var total = 0L;
        foreach (var file in files)
        {
            if (total + file.Length > options.TotalBytes && !_open.ContainsKey(file.Name))
            {
                file.Delete();
            }
            else
            {
                total += file.Length;
            }
        }

        _unmeasured = 0;
        _isFull = total >= options.TotalBytes;
    }

    private static string HourOf(string name) => name[^"yyyy-MM-dd-HH.log".Length..];

    /// <summary>Nothing else in the directory is counted or deleted.</summary>
    [GeneratedRegex(@"^[^.]+\.\d{4}-\d{2}-\d{2}-\d{2}\.log$", RegexOptions.CultureInvariant)]
    private static partial Regex OurName { get; }
}
