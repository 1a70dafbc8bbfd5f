// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Edge.Shedding;
using Frontier.Http.Limits;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Telemetry;

/// <summary>
/// Counts who is turned away, and says so in the log: at once the first time, and then every ten seconds while it goes on, however
/// many they are. Thread-safe; a flood costs one counter each.
/// </summary>
internal sealed partial class Turnaways(TimeProvider time, ILogger<Turnaways> logger)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly Tally[] _viewers = [.. Enum.GetValues<ViewerLimit>().Select(static _ => new Tally())];
    private readonly Tally[] _misses = [.. Enum.GetValues<MissRefusal>().Select(static _ => new Tally())];

    public long Of(ViewerLimit limit) => _viewers[(int)limit].Count;

    public long Of(MissRefusal reason) => _misses[(int)reason].Count;

    public void Add(ViewerLimit limit, IPAddress viewer)
    {
        if (_viewers[(int)limit].AddAndClaimLine(time, out var count))
        {
            Log.ViewersRefused(logger, limit.Name, count, viewer);
        }
    }

    public void Add(MissRefusal reason)
    {
        if (_misses[(int)reason].AddAndClaimLine(time, out var count))
        {
            Log.MissesShed(logger, count, reason.Advice);
        }
    }

    private sealed class Tally
    {
        private const long Never = long.MinValue;

        private long _count;
        private long _told;
        private long _toldAt = Never;

        public long Count => Interlocked.Read(ref _count);

        /// <summary>True for the one whose turn it is to write a line.</summary>
        /// <param name="count">Since the last line.</param>
        public bool AddAndClaimLine(TimeProvider time, out long count)
        {
            var all = Interlocked.Increment(ref _count);
            count = 0;
            var (now, before) = (time.GetTimestamp(), Volatile.Read(ref _toldAt));
            if ((before != Never && time.GetElapsedTime(before, now) < BetweenLines) || Interlocked.CompareExchange(ref _toldAt, now, before) != before)
            {
                return false;
            }

            count = all - Interlocked.Exchange(ref _told, all);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2501, LogLevel.Warning, "Viewers met the limit --{Limit}: {Count} refused since the last such line, the last one {Viewer}.", EventName = "ViewersRefused")]
        public static partial void ViewersRefused(ILogger logger, string limit, long count, IPAddress viewer);

        [LoggerMessage(2502, LogLevel.Warning, "{Count} misses were answered 503 since the last such line: {Advice}.", EventName = "MissesShed")]
        public static partial void MissesShed(ILogger logger, long count, string advice);
    }
}
