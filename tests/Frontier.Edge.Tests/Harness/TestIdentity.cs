// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Frontier.Edge.Tiers;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Harness;

/// <summary>A machine's place in a fleet whose authority is a test's own.</summary>
internal sealed class TestIdentity(TestAuthority authority, TimeProvider time, X509Certificate2 certificate) : IFleetIdentity
{
    public SslStreamCertificateContext? Certificate { get; set; } = SslStreamCertificateContext.Create(certificate, null, offline: true);

    public static TestIdentity Of(string nodeId, TestAuthority authority, TimeProvider time) => new(authority, time, authority.Issue(nodeId));

    public string? NodeOf(X509Certificate2 shown)
    {
        using var chain = new X509Chain
        {
            ChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTime = time.GetUtcNow().UtcDateTime,
                VerificationTimeIgnored = false,
                CustomTrustStore = { authority.Root },
            },
        };
        return chain.Build(shown) ? shown.GetNameInfo(X509NameType.DnsName, forIssuer: false) : null;
    }
}
