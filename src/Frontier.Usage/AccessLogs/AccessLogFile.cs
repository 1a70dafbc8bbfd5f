// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage.AccessLogs;

/// <summary>One file of the access log, open for appending. Used by one task only.</summary>
internal sealed class AccessLogFile : IDisposable
{
    /// <summary>Gathered for one write: about 150 usual lines.</summary>
    private const int BufferBytes = 1 << 16;

    private readonly FileStream _stream;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _buffered;

    // After a write that failed nobody knows what the file has: all that was not written before it counts as lost.
    private bool _isBroken;

    public AccessLogFile(string path, long hour)
    {
        Hour = hour;
        _stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (_stream.Length == 0)
        {
            StandardLogLine.Header.CopyTo(_buffer);
            _buffered = StandardLogLine.Header.Length;
        }
    }

    /// <summary>Counted from the year 1.</summary>
    public long Hour { get; }

    /// <summary>When it was last written, in lines of the whole log.</summary>
    public long LastUse { get; set; }

    /// <summary>Lines that may be nowhere but in memory.</summary>
    public int Unflushed { get; private set; }

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        Unflushed++;
        while (!line.IsEmpty)
        {
            if (_buffered == BufferBytes)
            {
                WriteBuffered();
            }

            var count = Math.Min(line.Length, BufferBytes - _buffered);
            line[..count].CopyTo(_buffer.AsSpan(_buffered));
            _buffered += count;
            line = line[count..];
        }
    }

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Flush()
    {
        WriteBuffered();
        Unflushed = 0;
    }

    public void Dispose()
    {
        try
        {
            if (!_isBroken)
            {
                Flush();
            }
        }
        catch (IOException)
        {
            // Whoever closes asks what was lost.
        }
        finally
        {
            _stream.Dispose();
        }
    }

    private void WriteBuffered()
    {
        _isBroken = true;
        _stream.Write(_buffer, 0, _buffered);
        _isBroken = false;
        _buffered = 0;
    }
}
