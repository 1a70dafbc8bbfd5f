// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Telemetry;
using Frontier.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Listeners;

/// <summary>
/// Counts handshakes and tells the log why some failed, but no more often than is read: strangers decide how many there are. Viewers
/// that go away in the middle are counted alone. Thread-safe.
/// </summary>
internal sealed partial class HandshakeLog(TimeProvider time, ILogger logger)
{
    private readonly LineRation _ration = new(time);
    private readonly long[] _failures = new long[Enum.GetValues<TlsFailure>().Length];
    private long _completed;

    public long Completed => Volatile.Read(ref _completed); // counted by every handshake's thread

    public long Failures(TlsFailure failure) => Volatile.Read(ref _failures[(int)failure]); // as above

    public void Note(TlsHandshake handshake)
    {
        if (handshake.Failure is not { } failure)
        {
            Interlocked.Increment(ref _completed);
            return;
        }

        Interlocked.Increment(ref _failures[(int)failure]);
        if (failure is not TlsFailure.Gone && _ration.MayTell(out var untold))
        {
            if (untold > 0)
            {
                Log.Untold(logger, untold);
            }

            Log.Failed(logger, handshake.Viewer.ToString(), failure, Readable(handshake.ServerName), handshake.Detail);
        }
    }

    private static string Readable(string name) => name.Length == 0 ? "no name" : string.Concat(name.Select(static character => char.IsControl(character) ? '?' : character));

    private static partial class Log
    {
        [LoggerMessage(2103, LogLevel.Information, "TLS with {Viewer} failed ({Failure}), for {ServerName}: {Detail}", EventName = "HandshakeFailed")]
        public static partial void Failed(ILogger logger, string viewer, TlsFailure failure, string serverName, string detail);

        [LoggerMessage(2104, LogLevel.Information, "{Count} more handshakes failed and were not told one by one.", EventName = "HandshakesUntold")]
        public static partial void Untold(ILogger logger, long count);
    }
}
