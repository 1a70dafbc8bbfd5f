// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Frontier.Control.Planning;
using Frontier.Control.Tests.Harness;
using Microsoft.Extensions.Logging;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Planning;

/// <summary>Every call that gives a distribution a configuration has it linted into the log.</summary>
public sealed class LintReportTests
{
    /// <summary>Viewers come over HTTPS and the origin is asked in plain: one warning.</summary>
    private static readonly (string, string?) Plain = ("DefaultCacheBehavior/ViewerProtocolPolicy", "https-only");

    [Fact]
    public async Task Whatever_is_accepted_is_told_of_in_the_log()
    {
        using var log = new Lines();
        await using var control = await TestControl.StartAsync(loggers: log);

        var id = (await control.CallAsync("POST", "distribution", Distribution("a", Plain))).Expect(201).Text("Id")!;
        Assert.Equal([id], log.Take());

        (await control.ReviseAsync(id, ("Comment", "changed"))).Expect(200);
        Assert.Equal([id], log.Take());

        (await control.CallOwnAsync("POST", $"distributions/{id}/rollback")).Expect(200);
        Assert.Equal([id], log.Take());

        (await control.CallAsync("PUT", $"distribution/{id}/associate-alias?Alias=www.example.com")).Expect(200);
        Assert.Equal([id], log.Take());

        var copy = (await control.CopyAsync(id, "b")).Expect(201).Text("Id")!;
        Assert.Equal([copy], log.Take());
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing_in_the_log()
    {
        using var log = new Lines();
        await using var control = await TestControl.StartAsync(loggers: log);
        var id = (await control.CallAsync("POST", "distribution", Distribution("a", Plain))).Expect(201).Text("Id")!;
        log.Take();

        (await control.CallAsync("PUT", $"distribution/{id}/config", Distribution("a", Plain), "E0000000000000")).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("PUT", $"distribution/{id}/associate-alias?Alias=no_name")).ExpectError(400, "InvalidArgument");
        (await control.CallOwnAsync("POST", $"distributions/{id}/rollback")).ExpectProblem(404, "NoSuchVersion");

        Assert.Empty(log.Take());
    }

    /// <summary>Gathers which distributions the linter wrote of.</summary>
    private sealed class Lines : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _found = [];

        public ILogger CreateLogger(string categoryName) => categoryName == typeof(LintLog).FullName ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _found.Enqueue(formatter(state, exception).Split(' ')[1].TrimEnd(':'));

        /// <summary>What came since the last time.</summary>
        public List<string> Take()
        {
            var taken = new List<string>();
            while (_found.TryDequeue(out var line))
            {
                taken.Add(line);
            }

            return taken;
        }

        public void Dispose()
        {
        }
    }
}
