// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Listeners;

/// <summary>Sessions are resumed, and no data comes before the handshake is done (DP-22.6). OpenSSL's own client tells whether they are.</summary>
public sealed class ResumptionTests
{
    private const string Alias = CertifiedEdge.Alias;

    /// <summary>With TLS 1.2 where the policy leads the platform's own list inside (decision 18).</summary>
    [Theory]
    [InlineData("TLSv1", "-tls1_2")]
    [InlineData("TLSv1", "-tls1_3")]
    [InlineData("TLSv1_2016", "-tls1_2")]
    [InlineData("TLSv1.1_2016", "-tls1_2")]
    [InlineData("TLSv1.2_2018", "-tls1_2")]
    [InlineData("TLSv1.2_2019", "-tls1_2")]
    [InlineData("TLSv1.2_2021", "-tls1_2")]
    [InlineData("TLSv1.2_2025", "-tls1_2")]
    [InlineData("TLSv1.2_2021", "-tls1_3")]
    [InlineData("TLSv1.2_2025", "-tls1_3")]
    [InlineData("TLSv1.3_2025", "-tls1_3")]
    public async Task A_session_is_resumed(string policy, string version)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "OpenSSL's program is not here; eng/test.sh installs it.");
        await using var edge = await CertifiedEdge.StartAsync(policy: policy);
        await AssertResumedAsync(edge, version);
    }

    [Theory]
    [InlineData("TLSv1", "-tls1_2")]
    [InlineData("TLSv1.2_2021", "-tls1_2")]
    [InlineData("TLSv1.2_2021", "-tls1_3")]
    public async Task So_is_one_with_a_certificate_of_RSA(string policy, string version)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "OpenSSL's program is not here; eng/test.sh installs it.");
        using var certificate = CertifiedEdge.Authority.IssueOfRsa(2048, Alias);
        await using var edge = await CertifiedEdge.StartAsync(certificate, policy);
        await AssertResumedAsync(edge, version);
    }

    [Fact]
    public async Task Early_data_is_not_offered()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "OpenSSL's program is not here; eng/test.sh installs it.");
        await using var edge = await CertifiedEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        using var directory = new TemporaryDirectory();
        var session = Path.Combine(directory.Path, "session");
        var first = await RunAsync(edge, "-tls1_3", "-sess_out", session);
        Assert.Contains("Max Early Data: 0", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Max Early Data: 1", first, StringComparison.Ordinal);
    }

    private static async Task AssertResumedAsync(TestEdge edge, string version)
    {
        edge.Origin.On("/a").Reply(200, "hello");
        using var directory = new TemporaryDirectory();
        var session = Path.Combine(directory.Path, "session");
        Assert.Contains("New, TLS", await RunAsync(edge, version, "-sess_out", session), StringComparison.Ordinal);
        Assert.Contains("Reused, TLS", await RunAsync(edge, version, "-sess_in", session), StringComparison.Ordinal);
    }

    /// <summary>Asks once and reads to the end: tickets of TLS 1.3 come after the handshake.</summary>
    private static async Task<string> RunAsync(TestEdge edge, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/openssl", ["s_client", "-connect", edge.Server.Https.ToString(), "-servername", Alias, "-ign_eof", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        await process.StandardInput.WriteAsync($"GET /a HTTP/1.1\r\nHost: {Alias}\r\nConnection: close\r\n\r\n");
        await process.StandardInput.FlushAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        await errors;
        Assert.Contains("hello", output, StringComparison.Ordinal);
        return output;
    }
}
