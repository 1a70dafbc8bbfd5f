// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Authentication;
using Frontier.Protocols.Tls;

namespace Frontier.Edge.Tests.Listeners;

/// <summary>What a security policy does not list is never agreed on, whatever a viewer offers (§22, DP-22.1, DP-22.8).</summary>
public sealed class SecurityPoliciesTests
{
    private const string Alias = CertifiedEdge.Alias;

    /// <summary>Everything that this platform can do in TLS 1.2 with either kind of certificate, listed by some policy or by none.</summary>
    private static readonly TlsCipherSuite[] Tls12Suites =
    [
        .. SecurityPolicies.Find("TLSv1")!.Suites.Where(static suite => (ushort)suite >> 8 != 0x13),
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
    ];

    private static readonly TlsCipherSuite[] Tls13Suites = [TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256];

    public static TheoryData<string> Policies => [.. SecurityPolicies.All.Select(static policy => policy.Name)];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_suite_is_agreed_on_where_the_policy_lists_it_and_nowhere_else(string name)
    {
        var policy = SecurityPolicies.Find(name)!;
        foreach (var isEcdsa in new[] { true, false })
        {
            using var certificate = isEcdsa ? CertifiedEdge.Authority.Issue(Alias) : CertifiedEdge.Authority.IssueOfRsa(2048, Alias);
            await using var edge = await CertifiedEdge.StartAsync(certificate, name);
            foreach (var (version, suite) in Tls12Suites.Where(suite => suite.ToString().Contains("_ECDSA_", StringComparison.Ordinal) == isEcdsa).Select(static suite => (SslProtocols.Tls12, suite))
                .Concat(Tls13Suites.Select(static suite => (SslProtocols.Tls13, suite))))
            {
                Assert.True(await IsSpokenAsync(edge, version, suite) == policy.Admits(version, suite), $"{name}: {version} {suite}");
            }
        }
    }

    /// <summary>A viewer that offers everything must be led to something inside.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Of_everything_offered_something_of_the_policys_is_chosen(string name)
    {
        var policy = SecurityPolicies.Find(name)!;
        using var certificate = CertifiedEdge.Authority.IssueOfRsa(2048, Alias);
        await using var edge = await CertifiedEdge.StartAsync(certificate, name);
        foreach (var version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 }.Where(version => policy.Versions.HasFlag(version)))
        {
            foreach (var offered in new TlsCipherSuite[][] { [], [.. Tls12Suites.Reverse(), .. Tls13Suites.Reverse()] })
            {
                await using var stream = await CertifiedEdge.ConnectAsync(edge, Alias, version, offered);
                Assert.True(policy.Admits(stream.SslProtocol, stream.NegotiatedCipherSuite), $"{name}: {stream.SslProtocol} {stream.NegotiatedCipherSuite}");
            }
        }
    }

    /// <summary>Whether an old version is spoken where it is listed is the machine's choice (DP-22.8); where it is not listed it never is.</summary>
    [Theory]
    [InlineData("TLSv1.1_2016", "1.0")]
    [InlineData("TLSv1.2_2018", "1.0")]
    [InlineData("TLSv1.2_2018", "1.1")]
    [InlineData("TLSv1.2_2021", "1.1")]
    public async Task A_version_is_not_spoken_where_the_policy_begins_later(string policy, string version)
    {
        using var certificate = CertifiedEdge.Authority.IssueOfRsa(2048, Alias);
        await using var edge = await CertifiedEdge.StartAsync(certificate, policy);
        using var viewer = await edge.ConnectTlsAsync();
        await viewer.SendAsync(TlsTests.ClientHello(version == "1.0" ? 0x0301 : 0x0302, Alias));
        var answer = await viewer.ReadToEndAsync();
        Assert.Equal('\u0015', answer[0]); // an alert, not a handshake
        Assert.Equal('\u0046', answer[6]); // protocol_version (RFC 5246, section 7.2)
    }

    [Fact]
    public async Task A_policy_holds_for_its_own_names_alone_and_the_default_certificate_has_its_own_DP_22_3()
    {
        await using var edge = await CertifiedEdge.StartAsync(policy: "TLSv1.3_2025");
        Assert.False(await IsSpokenAsync(edge, SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384));
        Assert.True(await IsSpokenAsync(edge, SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TestEdge.Host));
        Assert.True(await IsSpokenAsync(edge, SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, TestEdge.Host));
    }

    private static async Task<bool> IsSpokenAsync(TestEdge edge, SslProtocols version, TlsCipherSuite suite, string name = Alias)
    {
        try
        {
            await using var stream = await CertifiedEdge.ConnectAsync(edge, name, version, suite);
            Assert.Equal((version, suite), (stream.SslProtocol, stream.NegotiatedCipherSuite));
            return true;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return false;
        }
    }
}
