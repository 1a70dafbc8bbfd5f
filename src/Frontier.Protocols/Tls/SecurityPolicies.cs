// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using static System.Net.Security.TlsCipherSuite;

namespace Frontier.Protocols.Tls;

/// <summary>The security policies there are: the table of <c>dataplane.md</c> §22, once for edges, control plane and documentation.</summary>
public static class SecurityPolicies
{
#pragma warning disable CA5397, SYSLIB0039 // Whoever chooses an old policy has old viewers; the newer ones are for everybody else.
    private const SslProtocols From10 = SslProtocols.Tls | From11;
    private const SslProtocols From11 = SslProtocols.Tls11 | From12;
#pragma warning restore CA5397, SYSLIB0039
    private const SslProtocols From12 = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Each suite, in order of preference, with the last policy that has it; the later ones go without.</summary>
    private static readonly ImmutableArray<(TlsCipherSuite Suite, string Last)> UpTo =
    [
        (TLS_AES_128_GCM_SHA256, "TLSv1.3_2025"),
        (TLS_AES_256_GCM_SHA384, "TLSv1.3_2025"),
        (TLS_CHACHA20_POLY1305_SHA256, "TLSv1.3_2025"),
        (TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "TLSv1.2_2025"),
        (TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "TLSv1.2_2025"),
        (TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, "TLSv1.2_2019"),
        (TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, "TLSv1.2_2019"),
        (TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, "TLSv1.1_2016"),
        (TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, "TLSv1.1_2016"),
        (TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "TLSv1.2_2025"),
        (TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "TLSv1.2_2025"),
        (TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "TLSv1.2_2021"),
        (TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "TLSv1.2_2021"),
        (TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, "TLSv1.2_2019"),
        (TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, "TLSv1.2_2019"),
        (TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, "TLSv1.1_2016"),
        (TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, "TLSv1.1_2016"),
        (TLS_RSA_WITH_AES_128_GCM_SHA256, "TLSv1.2_2018"),
        (TLS_RSA_WITH_AES_256_GCM_SHA384, "TLSv1.2_2018"),
        (TLS_RSA_WITH_AES_128_CBC_SHA256, "TLSv1.2_2018"),
        (TLS_RSA_WITH_AES_256_CBC_SHA, "TLSv1.1_2016"),
        (TLS_RSA_WITH_AES_128_CBC_SHA, "TLSv1.1_2016"),
    ];

    /// <summary>From the oldest to the newest.</summary>
    private static readonly ImmutableArray<(string Name, SslProtocols Versions)> Names =
    [
        ("SSLv3", From10), ("TLSv1", From10), ("TLSv1_2016", From10), ("TLSv1.1_2016", From11), ("TLSv1.2_2018", From12), ("TLSv1.2_2019", From12),
        ("TLSv1.2_2021", From12), ("TLSv1.2_2025", From12), ("TLSv1.3_2025", SslProtocols.Tls13),
    ];

    /// <summary>From the oldest to the newest.</summary>
    public static ImmutableArray<SecurityPolicy> All { get; } = [.. Names.Select(static (named, age) => new SecurityPolicy(named.Name, named.Versions, SuitesOf(named.Name, age)))];

    /// <summary>That of the default certificate, whatever is asked for (DP-22.3).</summary>
    public static SecurityPolicy OfDefaultCertificate { get; } = All.Single(static policy => policy.Name == "TLSv1");

    private static readonly FrozenDictionary<string, SecurityPolicy> ByName = All.ToFrozenDictionary(static policy => policy.Name, StringComparer.Ordinal);

    /// <summary>Null when there is none of that name.</summary>
    public static SecurityPolicy? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>TLSv1.2_2025 alone goes without ChaCha20 in TLS 1.3; the one after it has it again.</summary>
    private static ImmutableArray<TlsCipherSuite> SuitesOf(string policy, int age) =>
        [.. UpTo.Where(entry => AgeOf(entry.Last) >= age && !(policy == "TLSv1.2_2025" && entry.Suite is TLS_CHACHA20_POLY1305_SHA256)).Select(static entry => entry.Suite)];

    private static int AgeOf(string policy) => Names.Select(static named => named.Name).ToList().IndexOf(policy);
}
