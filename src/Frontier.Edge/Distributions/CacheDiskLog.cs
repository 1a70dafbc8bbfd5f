// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Distributions;

/// <summary>Says in the log that the cache's disk does not take writes. Viewers are served from memory and from the origin meanwhile.</summary>
internal static partial class CacheDiskLog
{
    public static CacheOptions AttachTo(CacheOptions options, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<HttpCache>();
        return options with { OnDiskFault = error => Log.Failed(logger, options.Directory, error.Message) };
    }

    private static partial class Log
    {
        [LoggerMessage(2401, LogLevel.Warning, "The cache's disk ({Directory}) takes no writes: {Reason} Memory serves on; the disk is tried again in ten seconds.", EventName = "CacheDiskFailed")]
        public static partial void Failed(ILogger logger, string? directory, string reason);
    }
}
