// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Edge.Telemetry;
using Frontier.Edge.ViewerCertificates;
using Frontier.Testing;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Tests.ViewerCertificates;

/// <summary>What a handshake is told by the name in it, and by which word a refusal is logged (DP-31.5).</summary>
public sealed class ViewerHandshakesTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly EdgeState _state;
    private readonly Lines _log = new();
    private readonly TestClientAuthority _authority;
    private readonly ViewerCertificateRefusals _refusals;

    public ViewerHandshakesTests()
    {
        _state = new EdgeState(_clock);
        _refusals = new ViewerCertificateRefusals(_clock, _log);
        _authority = new TestClientAuthority("CN=authority", _clock.GetUtcNow());
        var distribution = new DistributionConfig
        {
            Id = TestEdge.Id,
            Arn = "arn",
            DomainName = TestEdge.Host,
            Aliases = ["*.example.com"],
            Enabled = true,
            Origins = [new OriginConfig { Id = "origin", DomainName = "origin.example", Protocol = OriginProtocol.HttpOnly }],
            DefaultBehavior = TestEdge.Behavior("*"),
            ViewerCertificates = new ViewerCertificatesConfig(ViewerCertificateMode.Required, "ts_1", false, false),
        };
        var compiled = SnapshotCompiler.Compile(new ConfigSnapshot
        {
            Version = 1,
            CreatedAt = _clock.GetUtcNow(),
            Distributions = [distribution, distribution with { Id = "E2A2B3C4D5E6F7", DomainName = AskingEdge.OpenHost, Aliases = [], ViewerCertificates = null }],
            CachePolicies = TestPolicies.Cache,
            TrustStores = [new TrustStoreConfig { Id = "ts_1", Certificates = [_authority.Base64] }],
        });
        Assert.True(compiled.Succeeded, string.Join(' ', compiled.Faults));
        _state.Publish(compiled.Table);
    }

    [Theory]
    [InlineData(TestEdge.Host, true)]
    [InlineData("D111111ABCDEF8.Frontier.Localhost", true)]
    [InlineData("any.example.com", true)]
    [InlineData(AskingEdge.OpenHost, false)]
    [InlineData("nobody.example", false)]
    [InlineData("", false)]
    public void Only_names_of_a_distribution_that_asks_are_asked_and_none_of_their_sessions_are_resumed(string serverName, bool asks)
    {
        var options = Complete(serverName);
        Assert.Equal(asks, options.ClientCertificateRequired);
        Assert.Equal(!asks, options.AllowTlsResume);
        Assert.Equal(asks, options.RemoteCertificateValidationCallback?.Target is ViewerHandshake);
        Assert.Equal(asks, options.CertificateChainPolicy is { DisableCertificateDownloads: true, RevocationMode: X509RevocationMode.NoCheck, TrustMode: X509ChainTrustMode.CustomRootTrust });
    }

    [Fact]
    public void Each_refusal_is_counted_and_logged_by_its_word_and_attackers_cannot_flood_the_log()
    {
        var now = _clock.GetUtcNow();
        using var good = _authority.Issue("CN=a");
        using var expired = _authority.Issue("CN=a", now.AddDays(-9), now.AddDays(-1));
        using var server = _authority.Issue("CN=a", usage: TestClientAuthority.ForServers);
        using var forged = _authority.Forge("CN=a");
        Assert.True(Judge(good));
        Assert.False(Judge(null));
        Assert.False(Judge(expired));
        Assert.False(Judge(server));
        Assert.False(Judge(forged));
        Assert.Equal(
            ["ClientCertMissing", "ClientCertExpired", "ClientCertIntentInvalid", "ClientCertInvalid"],
            _log.All.Select(static line => line.Text[(line.Text.LastIndexOf(' ') + 1)..].TrimEnd('.')));
        Assert.All(_log.All, static line => Assert.Equal(LogLevel.Information, line.Level));
        Assert.All(_log.All, static line => Assert.Contains(TestEdge.Id, line.Text, StringComparison.Ordinal));

        for (var i = 0; i < 1_000; i++)
        {
            Assert.False(Judge(null));
        }

        Assert.Equal(LineRation.LinesPerMinute, _log.All.Count);
        Assert.Equal((1_001, 1, 0), (_refusals.Count(ViewerCertificateError.Missing), _refusals.Count(ViewerCertificateError.Expired), _refusals.Count(ViewerCertificateError.Untrusted)));
    }

    public void Dispose() => _authority.Dispose();

    private SslServerAuthenticationOptions Complete(string serverName)
    {
        var options = new SslServerAuthenticationOptions();
        new ViewerHandshakes(_state, _refusals, _clock).Complete(serverName, options);
        return options;
    }

    /// <summary>As the platform asks for a verdict.</summary>
    private bool Judge(X509Certificate2? certificate)
    {
        var options = Complete(TestEdge.Host);
        using var chain = new X509Chain { ChainPolicy = options.CertificateChainPolicy! };
        if (certificate is not null)
        {
            chain.Build(certificate);
        }

        return options.RemoteCertificateValidationCallback!(this, certificate, certificate is null ? null : chain, SslPolicyErrors.None);
    }

    private sealed class Lines : ILogger
    {
        public List<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add((logLevel, formatter(state, exception)));
    }
}
