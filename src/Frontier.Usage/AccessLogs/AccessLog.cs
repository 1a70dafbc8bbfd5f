// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Threading.Channels;

namespace Frontier.Usage.AccessLogs;

/// <summary>
/// Writes the standard log: one file per distribution and hour, <c>&lt;distribution id&gt;.YYYY-MM-DD-HH.log</c>. Requests only
/// enqueue; one task formats and writes. Any thread may record.
/// </summary>
public sealed class AccessLog : IRequestRecordSink, IAsyncDisposable
{
    private readonly AccessLogFiles _files;
    private readonly Channel<RequestRecord> _queue;
    private readonly Task _writing;
    private long _dropped;

    public AccessLog(AccessLogOptions options)
    {
        _files = new AccessLogFiles(options);
        _queue = Channel.CreateBounded<RequestRecord>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
        _writing = WriteAllAsync();
    }

    /// <summary>Lines lost because the queue was full or a file could not be written.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Record(RequestRecord record)
    {
        if (record.DistributionId.Length > 0 && !_queue.Writer.TryWrite(record))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what is queued, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync()
    {
        var line = new StringBuilder(512);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (_queue.Reader.TryRead(out var record))
            {
                StandardLogLine.Append(record, line.Clear());
                Interlocked.Add(ref _dropped, _files.Append(record.DistributionId, record.EndedAt, line));
            }

            // The queue ran empty: what was written so far can be read now. Under load many lines share one write.
            Interlocked.Add(ref _dropped, _files.Flush());
        }

        _files.Dispose();
    }
}
