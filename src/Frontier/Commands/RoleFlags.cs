// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using Frontier.Hosting;

namespace Frontier.Commands;

/// <summary>Which flags of <c>frontier up</c> concern which role, by their names.</summary>
internal static class RoleFlags
{
    private static readonly string[] Store = ["data", "domain", "access-key", "store", "key-file"];

    /// <summary>Of whoever asks origins.</summary>
    private static readonly string[] Fetching =
    [
        "data", "domain", "s3-endpoint", "cache-memory", "cache-disk", "strict-http-caching", "allow-private-origins", "closed-to-origins", "origin-ca", "origin-ca-only",
        OverloadSettings.MemoryLimit, .. OverloadSettings.Numbers.Select(static number => number.Name).Where(static name => name.Contains("miss", StringComparison.Ordinal)),
    ];

    /// <summary>Of whoever orders certificates.</summary>
    private static readonly string[] Ordering = [AcmeSettings.Directory, AcmeSettings.Email, AcmeSettings.Authorities, AcmeSettings.ExternalAccount, AcmeSettings.Challenge];

    public static FrozenSet<string> Control { get; } = Of([.. Store, .. Ordering, "api", "s3-endpoint", QuotaSettings.MaxDistributions, QuotaSettings.Name, "audit-kept", "local-certificates", NameServerSetting.Flag, RolloutSettings.Mode, RolloutSettings.WaveTime]);

    public static FrozenSet<string> Edge { get; } = Of(
    [
        .. Fetching, "http", "https", "cache-status", "geo-database", "balancer", "front-proxy", OverloadSettings.Exempt, .. OverloadSettings.Numbers.Select(static number => number.Name),
    ]);

    public static FrozenSet<string> Regional { get; } = Of(Fetching);

    public static FrozenSet<string> Buckets { get; } = Of([.. Store, "buckets"]);

    public static FrozenSet<string> Dns { get; } = Of(
    [
        "data", "domain", "allow-private-origins", "geo-database", NameServerSetting.Flag,
        DnsSettings.Websites, DnsSettings.Listen, DnsSettings.Transfer, DnsSettings.Sign, DnsSettings.Latencies, .. DnsSettings.Numbers.Select(static number => number.Name),
    ]);

    private static FrozenSet<string> Of(string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
