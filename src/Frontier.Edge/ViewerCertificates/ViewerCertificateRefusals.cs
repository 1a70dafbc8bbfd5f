// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.ViewerCertificates;
using Frontier.Edge.Telemetry;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.ViewerCertificates;

/// <summary>Counts connections that were refused for their viewers' certificates, by reason (DP-31.5), and tells the log of some. Thread-safe.</summary>
internal sealed partial class ViewerCertificateRefusals(TimeProvider time, ILogger logger)
{
    private readonly LineRation _ration = new(time);
    private readonly long[] _counts = new long[Enum.GetValues<ViewerCertificateError>().Length];

    public long Count(ViewerCertificateError error) => Volatile.Read(ref _counts[(int)error]); // counted by every handshake's thread

    public void Note(string distributionId, ViewerCertificateError error)
    {
        Interlocked.Increment(ref _counts[(int)error]);
        if (_ration.MayTell(out var untold))
        {
            if (untold > 0)
            {
                Log.Untold(logger, untold);
            }

            Log.Refused(logger, distributionId, error.LogName);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2105, LogLevel.Information, "A connection to distribution {DistributionId} was refused: {Error}.", EventName = "ViewerCertificateRefused")]
        public static partial void Refused(ILogger logger, string distributionId, string error);

        [LoggerMessage(2106, LogLevel.Information, "{Count} more connections were refused for their certificates and not told one by one.", EventName = "ViewerCertificatesUntold")]
        public static partial void Untold(ILogger logger, long count);
    }
}
