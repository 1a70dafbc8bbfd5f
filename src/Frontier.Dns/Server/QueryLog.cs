// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Threading.Channels;
using Frontier.Dns.Wire;
using Frontier.Protocols.Dns;
using Microsoft.Extensions.Logging;

namespace Frontier.Dns.Server;

/// <summary>
/// A sample of the queries, one line each: time, who asked, the name, the type, the response code. What the disk does not take in time
/// is dropped; a full file takes the place of the one before. Written to by any thread, to disk by one task.
/// </summary>
internal sealed partial class QueryLog : IAsyncDisposable
{
    /// <summary>Lines that wait for the disk.</summary>
    private const int MostWaiting = 1_024;

    /// <summary>Two files of this size at most.</summary>
    private const long MaxFileBytes = 64 << 20;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly string _path;
    private readonly uint _every;
    private readonly TimeProvider _time;
    private readonly ILogger<QueryLog> _logger;
    private readonly Task _writing;
    private uint _queries;

    public QueryLog(string path, int every, TimeProvider time, ILogger<QueryLog> logger)
    {
        (_path, _every, _time, _logger) = (path, (uint)every, time, logger);
        _writing = WriteAsync();
    }

    public void Sample(in Asker asker, NameBuffer name, TypeNumber type, ResponseCode code)
    {
        if (Interlocked.Increment(ref _queries) % _every == 0 && DnsName.TryReadWire(name.Wire, out var asked))
        {
            _lines.Writer.TryWrite(string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():O} {asker.Network.ToAddress()} {(asker.IsStream ? "tcp" : "udp")} {asked} {RecordTypes.Find((ushort)type).Name} {code}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            try
            {
                if (File.Exists(_path) && new FileInfo(_path).Length > MaxFileBytes)
                {
                    File.Move(_path, _path + ".1", overwrite: true);
                }

                await using var file = new StreamWriter(_path, append: true);
                while (_lines.Reader.TryRead(out var line))
                {
                    await file.WriteLineAsync(line);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Log.NotWritten(_logger, error.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6010, LogLevel.Warning, "Lines of the query log could not be written: {Reason}", EventName = "QueryLogNotWritten")]
        public static partial void NotWritten(ILogger logger, string reason);
    }
}
