// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Usage.AccessLogs;

/// <summary>One file of the access log, open for appending. Used by one task only.</summary>
internal sealed class AccessLogFile : IDisposable
{
    private readonly StreamWriter _writer;

    // The writer forgets what it could not write, and would close as if nothing had been lost.
    private bool _isBroken;

    public AccessLogFile(string path, string hour)
    {
        Hour = hour;
        var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
        if (stream.Length == 0)
        {
            _writer.Write(StandardLogLine.Header);
        }
    }

    /// <summary>As the name tells it.</summary>
    public string Hour { get; }

    /// <summary>When it was last written, in lines of the whole log.</summary>
    public long LastUse { get; set; }

    /// <summary>Lines that may be nowhere but in memory.</summary>
    public int Unflushed { get; private set; }

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Append(StringBuilder line)
    {
        Unflushed++;
        _isBroken = true;
        _writer.Write(line);
        _isBroken = false;
    }

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Flush()
    {
        _isBroken = true;
        _writer.Flush();
        _isBroken = false;
        Unflushed = 0;
    }

    public void Dispose()
    {
        try
        {
            _writer.Dispose();
            Unflushed = _isBroken ? Unflushed : 0;
        }
        catch (IOException)
        {
            // Whoever closes asks what was lost.
        }
    }
}
