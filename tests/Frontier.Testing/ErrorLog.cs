// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Frontier.Testing;

/// <summary>Collects what a server logs as an error: a test that provokes a bug of the server itself fails by it, whatever its client saw.</summary>
public sealed class ErrorLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _errors = new();

    /// <summary>Takes out what a test has provoked on purpose; it must be there.</summary>
    /// <exception cref="InvalidOperationException">Another came first, or none.</exception>
    public void Expect(int eventId)
    {
        if (!_errors.TryDequeue(out var error) || !error.StartsWith($"{eventId} ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Error {eventId} was expected; logged was {error ?? "none"}.");
        }
    }

    public bool Has(int eventId) => _errors.Any(error => error.StartsWith($"{eventId} ", StringComparison.Ordinal));

    /// <exception cref="InvalidOperationException">There is one that nobody expected.</exception>
    public void AssertEmpty()
    {
        if (_errors.TryPeek(out var error))
        {
            throw new InvalidOperationException($"The server logged an error: {error}");
        }
    }

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
