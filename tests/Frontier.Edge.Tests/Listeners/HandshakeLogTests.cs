// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Edge.Listeners;
using Frontier.Edge.Telemetry;
using Frontier.Http;
using Frontier.Testing;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Tests.Listeners;

/// <summary>Failed handshakes are told with their reasons, and strangers do not decide how long the log becomes.</summary>
public sealed class HandshakeLogTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Lines _lines = new();

    [Fact]
    public void A_failure_is_told_with_viewer_name_and_reason()
    {
        Log(out var log);
        log.Note(Failed(TlsFailure.Suite, "a\nb.example"));
        Assert.Equal(["TLS with 192.0.2.1 failed (Suite), for a?b.example: no shared cipher"], _lines.All);
        Assert.Equal((0, 1, 0), (log.Completed, log.Failures(TlsFailure.Suite), log.Failures(TlsFailure.Version)));
    }

    [Fact]
    public void Those_who_go_away_and_those_who_succeed_are_counted_alone()
    {
        Log(out var log);
        log.Note(Failed(TlsFailure.Gone, ""));
        log.Note(new TlsHandshake(null, IPAddress.Loopback, "a.example", ""));
        Assert.Empty(_lines.All);
        Assert.Equal((1, 1), (log.Completed, log.Failures(TlsFailure.Gone)));
    }

    [Fact]
    public void A_flood_writes_so_many_lines_a_minute_and_says_how_many_it_left_out()
    {
        Log(out var log);
        for (var i = 0; i < 1_000; i++)
        {
            log.Note(Failed(TlsFailure.NotTls, ""));
        }

        Assert.Equal(LineRation.LinesPerMinute, _lines.All.Count);
        Assert.Equal(1_000, log.Failures(TlsFailure.NotTls));

        _clock.Advance(TimeSpan.FromMinutes(1));
        log.Note(Failed(TlsFailure.NotTls, ""));
        Assert.Equal(["980 more handshakes failed and were not told one by one.", "TLS with 192.0.2.1 failed (NotTls), for no name: no shared cipher"], _lines.All.Skip(LineRation.LinesPerMinute));
    }

    private static TlsHandshake Failed(TlsFailure failure, string name) => new(failure, IPAddress.Parse("192.0.2.1"), name, "no shared cipher");

    private void Log(out HandshakeLog log) => log = new HandshakeLog(_clock, _lines);

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
