// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Feed;
using Frontier.Control.Planning;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Tests.Planning;

/// <summary>What the linter leaves in the log when a distribution is accepted.</summary>
public sealed class LintLogTests
{
    private static readonly DistributionConfig DistributionBody = new()
    {
        Id = "E1A2B3C4D5E6F7",
        Arn = "arn",
        DomainName = "d1.frontier.localhost",
        Enabled = true,
        Origins = [new OriginConfig { Id = "web", DomainName = "origin.example.com", Protocol = OriginProtocol.HttpOnly }],
        DefaultBehavior = Behavior("*"),
    };

    [Fact]
    public void Each_warning_is_a_line_and_advice_is_none()
    {
        var log = new Lines();
        Report(DistributionBody, log);

        var line = Assert.Single(log.Written);
        Assert.StartsWith("Distribution E1A2B3C4D5E6F7: warning plain-origin at DefaultCacheBehavior.TargetOriginId: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_leaves_no_more_lines_than_one_can_read()
    {
        var log = new Lines();
        Report(DistributionBody with { Behaviors = [.. Enumerable.Range(0, 15).Select(static number => Behavior($"/{number}/*"))] }, log);

        Assert.Equal(11, log.Written.Count);
        Assert.Contains("has 6 more to say", log.Written[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_takes_no_warnings_costs_nothing()
    {
        var log = new Lines { Level = LogLevel.Error };
        Report(DistributionBody, log);

        Assert.Empty(log.Written);
    }

    private static BehaviorConfig Behavior(string pattern) =>
        new() { PathPattern = pattern, TargetOriginId = "web", ViewerProtocol = ViewerProtocol.HttpsOnly, CachePolicyId = "cp" };

    private static void Report(DistributionConfig distribution, ILogger<LintLog> log)
    {
        var snapshot = new ConfigSnapshot
        {
            Version = 1,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Distributions = [distribution],
            CachePolicies = [new CachePolicyConfig { Id = "cp", Name = "cp", MinTtl = 0, DefaultTtl = 60, MaxTtl = 60, AcceptEncodingGzip = true, QueryStrings = SelectionConfig.All }],
        };
        new LintLog(new FeedState(snapshot, 0, 1), log).Report(distribution.Id);
    }

    private sealed class Lines : ILogger<LintLog>
    {
        public List<string> Written { get; } = [];

        public LogLevel Level { get; init; } = LogLevel.Information;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
