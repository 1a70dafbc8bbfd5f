// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Authentication;
using Frontier.Protocols.Tls;
using static System.Net.Security.TlsCipherSuite;

namespace Frontier.Protocols.Tests.Tls;

/// <summary>The table of security policies (§22), row by row as it is published.</summary>
public sealed class SecurityPoliciesTests
{
    private static readonly string[] Names = ["SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

    /// <summary>One mark a policy, in the order of <see cref="Names"/>.</summary>
    public static TheoryData<TlsCipherSuite[], string> Suites => new()
    {
        { [TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384], "xxxxxxxxx" },
        { [TLS_CHACHA20_POLY1305_SHA256], "xxxxxxx.x" },
        { [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256], "xxxxxxxx." },
        { [TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256], "xxxxxx..." },
        { [TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA], "xxxx....." },
        { [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384], "xxxxxxxx." },
        { [TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256], "xxxxxxx.." },
        { [TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384], "xxxxxx..." },
        { [TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA], "xxxx....." },
        { [TLS_RSA_WITH_AES_128_GCM_SHA256, TLS_RSA_WITH_AES_256_GCM_SHA384, TLS_RSA_WITH_AES_128_CBC_SHA256], "xxxxx...." },
        { [TLS_RSA_WITH_AES_256_CBC_SHA, TLS_RSA_WITH_AES_128_CBC_SHA], "xxxx....." },
        { [TLS_RSA_WITH_3DES_EDE_CBC_SHA, TLS_RSA_WITH_RC4_128_MD5, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, TLS_RSA_WITH_NULL_SHA256], "........." },
    };

    [Fact]
    public void There_are_these_policies_and_no_others() => Assert.Equal(Names, SecurityPolicies.All.Select(static policy => policy.Name));

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_suite_is_in_the_policies_that_list_it_DP_22(TlsCipherSuite[] suites, string marks)
    {
        foreach (var (policy, mark) in SecurityPolicies.All.Zip(marks))
        {
            Assert.All(suites, suite => Assert.True(policy.Suites.Contains(suite) == (mark == 'x'), $"{policy} {suite}"));
        }
    }

    [Fact]
    public void No_suite_is_listed_beside_those_of_the_table_or_twice()
    {
        var listed = Suites.SelectMany(static row => row.Data.Item1).ToHashSet();
        Assert.All(SecurityPolicies.All, policy =>
        {
            Assert.Subset(listed, policy.Suites.ToHashSet());
            Assert.Equal(policy.Suites.Distinct(), policy.Suites);
        });
    }

    [Theory]
    [InlineData("SSLv3", "1.0")]
    [InlineData("TLSv1", "1.0")]
    [InlineData("TLSv1_2016", "1.0")]
    [InlineData("TLSv1.1_2016", "1.1")]
    [InlineData("TLSv1.2_2018", "1.2")]
    [InlineData("TLSv1.2_2019", "1.2")]
    [InlineData("TLSv1.2_2021", "1.2")]
    [InlineData("TLSv1.2_2025", "1.2")]
    [InlineData("TLSv1.3_2025", "1.3")]
    public void A_policy_has_its_oldest_version_and_all_newer_ones(string name, string oldest)
    {
#pragma warning disable SYSLIB0039, CA5397 // What policies of 2016 have is the matter here.
        (string Name, SslProtocols Protocol)[] versions = [("1.0", SslProtocols.Tls), ("1.1", SslProtocols.Tls11), ("1.2", SslProtocols.Tls12), ("1.3", SslProtocols.Tls13)];
#pragma warning restore SYSLIB0039, CA5397
        var policy = SecurityPolicies.Find(name)!;
        Assert.All(versions, version => Assert.Equal(string.CompareOrdinal(version.Name, oldest) >= 0, policy.Versions.HasFlag(version.Protocol)));
#pragma warning disable CS0618, CA5397 // Named to see that it is not there (DP-22.8).
        Assert.False(policy.Versions.HasFlag(SslProtocols.Ssl3));
#pragma warning restore CS0618, CA5397
    }

    [Fact]
    public void The_default_certificate_has_the_policy_TLSv1_DP_22_3() => Assert.Equal("TLSv1", SecurityPolicies.OfDefaultCertificate.Name);

    [Fact]
    public void Admitted_is_a_version_with_a_suite_that_are_both_listed()
    {
        var policy = SecurityPolicies.Find("TLSv1.2_2025")!;
        Assert.True(policy.Admits(SslProtocols.Tls12, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256));
        Assert.False(policy.Admits(SslProtocols.Tls12, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256));
        Assert.False(policy.Admits(SslProtocols.Tls13, TLS_CHACHA20_POLY1305_SHA256));
        Assert.False(SecurityPolicies.Find("TLSv1.3_2025")!.Admits(SslProtocols.Tls12, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256));
        Assert.Null(SecurityPolicies.Find("TLSv1.4"));
    }
}
