// SPDX-License-Identifier: Apache-2.0

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Frontier.Hosting;

/// <summary>Where the program's own messages go.</summary>
internal static class NodeLogging
{
    public static ILoggerFactory Create() => LoggerFactory.Create(static logging => logging
        .AddSimpleConsole(static console => console.SingleLine = true)
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        // A host that cannot start throws what it logs here, and the program says it in one sentence.
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
        // Standard output is the program's answer, which scripts read.
        .Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
