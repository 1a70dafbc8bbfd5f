// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Frontier.Usage.AccessLogs;

/// <summary>The open files of the access log and the space all of them take. Used by one task only.</summary>
internal sealed class AccessLogFiles(AccessLogOptions options) : IDisposable
{
    /// <summary>Distributions written in one hour beyond this share file handles: the least recently used is closed and reopened when needed.</summary>
    private const int MaxOpen = 256;

    private readonly Dictionary<string, StreamWriter> _open = [];
    private readonly Queue<string> _order = new();

    /// <summary>False when the disk does not take it; the log is never a reason to fail a request.</summary>
    public bool TryAppend(string distributionId, DateTimeOffset at, StringBuilder line)
    {
        var name = $"{distributionId}.{at.UtcDateTime.ToString("yyyy-MM-dd-HH", CultureInfo.InvariantCulture)}.log";
        try
        {
            if (!_open.TryGetValue(name, out var writer))
            {
                writer = Open(name);
            }

            writer.Write(line);
            return true;
        }
        catch (IOException)
        {
            Close(name);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Flush()
    {
        foreach (var (name, writer) in _open.ToArray())
        {
            try
            {
                writer.Flush();
            }
            catch (IOException)
            {
                Close(name);
            }
        }
    }

    public void Dispose()
    {
        foreach (var name in _open.Keys.ToArray())
        {
            Close(name);
        }
    }

    private StreamWriter Open(string name)
    {
        while (_open.Count >= MaxOpen)
        {
            Close(_order.Dequeue());
        }

        Directory.CreateDirectory(options.Directory);
        DeleteOldest();
        var path = Path.Combine(options.Directory, name);
        var isNew = !File.Exists(path);
        var writer = new StreamWriter(path, append: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
        if (isNew)
        {
            writer.Write(StandardLogLine.Header);
        }

        _open[name] = writer;
        _order.Enqueue(name);
        return writer;
    }

    private void Close(string name)
    {
        if (!_open.Remove(name, out var writer))
        {
            return;
        }

        try
        {
            writer.Dispose();
        }
        catch (IOException)
        {
            // What could not be flushed was counted when it was written.
        }
    }

    /// <summary>Runs whenever a file is opened, that is once an hour and distribution: often enough for a bound, too seldom to cost anything.</summary>
    private void DeleteOldest()
    {
        var files = new DirectoryInfo(options.Directory).GetFiles("*.log").OrderByDescending(static file => file.LastWriteTimeUtc).ToList();
        var total = 0L;
        foreach (var file in files)
        {
            total += file.Length;
            if (total > options.TotalBytes && !_open.ContainsKey(file.Name))
            {
                file.Delete();
            }
        }
    }
}
