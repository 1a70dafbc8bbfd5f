// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Tests.Harness;

/// <summary>Collects what the edge logs as an error: a test that provokes a bug of the edge itself fails by it, whatever the viewer saw.</summary>
internal sealed class ErrorLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _errors = new();

    /// <summary>Takes out what a test has provoked on purpose; it must be there.</summary>
    public void Expect(int eventId)
    {
        Assert.True(_errors.TryDequeue(out var error));
        Assert.StartsWith($"{eventId} ", error, StringComparison.Ordinal);
    }

    public bool Has(int eventId) => _errors.Any(error => error.StartsWith($"{eventId} ", StringComparison.Ordinal));

    public void AssertEmpty() => Assert.Empty(_errors);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _errors.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
