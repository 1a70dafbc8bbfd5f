// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts;
using Frontier.Control.Acme;
using Frontier.Control.Credentials;
using Frontier.Control.Rollout;
using Frontier.Decisions.Models;
using Frontier.Protocols.Dns;
using Frontier.Protocols.SigV4;

namespace Frontier.Control;

/// <summary>What an operator decides about the control plane.</summary>
public sealed record ControlOptions
{
    /// <summary>Where the API and the feed listen; port 0 takes a free one.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>Distributions are <c>d….&lt;domain&gt;</c>; lower case.</summary>
    public string Domain { get; init; } = "frontier.localhost";

    /// <summary>Twelve digits.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>Who may call the API beside the keys of the store; these hold for this process alone, and are admin keys.</summary>
    public required IReadOnlyList<AccessKey> AccessKeys { get; init; }

    /// <summary>32 bytes, the same for every process on one store: what secrets of access keys are encrypted with there.</summary>
    public required byte[] SecretsKey { get; init; }

    /// <summary>At least 32 bytes, shared with the bucket server (DP-13.13).</summary>
    public required byte[] OriginAccessSecret { get; init; }

    /// <summary>What the edge beside this control plane in one process shows to be let to the feed; at least 16 characters. Null where there is none: machines call <see cref="Fleet"/>.</summary>
    public string? EdgeToken { get; init; }

    /// <summary>Where machines of a fleet are listened to, by TLS with certificates of both sides; port 0 takes a free one. Null for nowhere.</summary>
    public IPEndPoint? Fleet { get; init; }

    /// <summary>Of the program, which status tells.</summary>
    public string ProgramVersion { get; init; } = "";

    /// <summary>
    /// Where key value stores are imported from, asked with the first of <see cref="AccessKeys"/>; null for nowhere. Only scheme,
    /// host and port count.
    /// </summary>
    public Uri? S3Endpoint { get; init; }

    public Quotas Quotas { get; init; } = new();

    /// <summary>Whether the edges can tell where viewers are, so that restrictions by country are honoured. Default false: such a restriction is refused.</summary>
    public bool EdgesKnowPlaces { get; init; }

    /// <summary>
    /// Whether the edges certify every alias by an authority of their own, so that a distribution with aliases needs no certificate. Default
    /// false, as at CloudFront: such a distribution is refused (API-10.7).
    /// </summary>
    public bool EdgesCertifyAliases { get; init; }

    /// <summary>A machine not heard of for this long is silent, and no change waits for it. Default 10 s: two reports lost.</summary>
    public TimeSpan EdgeSilence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How new versions of the configuration come to the edges.</summary>
    public RolloutOptions Rollout { get; init; } = new();

    /// <summary>How many entries of the invalidation log are kept for edges that were away.</summary>
    public int InvalidationLogKept { get; init; } = 100_000;

    /// <summary>How many changes the audit log keeps, give or take <see cref="Store.AuditLimits.PruneEvery"/>.</summary>
    public int AuditKept { get; init; } = 100_000;

    /// <summary>Names of the DNS servers that answer for hosted zones, which their NS records name; at most <see cref="MostNameServers"/>. Empty: <c>ns1</c> below the domain.</summary>
    public IReadOnlyList<string> NameServers { get; init; } = [];

    /// <summary>How many entries of the log of zones' changes are kept for DNS nodes that were away, and for GetChange.</summary>
    public int ZoneLogKept { get; init; } = 10_000;

    /// <summary>Where an address is, for TestDNSAnswer; null where nobody knows.</summary>
    public Func<IPAddress, ViewerPlace?>? FindPlace { get; init; }

    /// <summary>Who issues certificates on request; null for nobody: RequestCertificate is refused then.</summary>
    public AcmeOptions? Acme { get; init; }

    /// <summary>Compiles a snapshot as an edge would and says what is wrong with it; a change with faults is refused.</summary>
    public Func<ConfigSnapshot, IReadOnlyList<string>>? SnapshotCheck { get; init; }

    /// <summary>As many as most registries take of a domain.</summary>
    public const int MostNameServers = 13;

    /// <summary>Every fault of these options, each naming key, value and bound; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (Uri.CheckHostName(Domain) != UriHostNameType.Dns || Domain.Any(char.IsAsciiLetterUpper))
        {
            faults.Add($"Control:Domain ('{Domain}') is not a domain name in lower case.");
        }

        if (AccountId.Length != 12 || !AccountId.All(char.IsAsciiDigit))
        {
            faults.Add($"Control:AccountId ('{AccountId}') is not twelve digits.");
        }

        if (AccessKeys.Count == 0 || AccessKeys.Any(key => key.Id.Length == 0 || key.Secret.Length == 0) || AccessKeys.DistinctBy(key => key.Id).Count() != AccessKeys.Count)
        {
            faults.Add("Control:AccessKeys needs at least one key; ids are distinct, and neither an id nor a secret is empty.");
        }

        if (SecretsKey.Length != SecretSeal.KeyBytes)
        {
            faults.Add($"Control:SecretsKey has {SecretsKey.Length} bytes; {SecretSeal.KeyBytes} are needed.");
        }

        if (AuditKept < 1)
        {
            faults.Add($"Control:AuditKept ({AuditKept}) is less than 1.");
        }

        if (OriginAccessSecret.Length < 32)
        {
            faults.Add($"Control:OriginAccessSecret has {OriginAccessSecret.Length} bytes; at least 32 are needed.");
        }

        if (EdgeToken is { Length: < 16 })
        {
            faults.Add($"Control:EdgeToken has {EdgeToken.Length} characters; at least 16 are needed.");
        }

        if (S3Endpoint is not null && (!S3Endpoint.IsAbsoluteUri || S3Endpoint.Scheme is not ("http" or "https")))
        {
            faults.Add($"Control:S3Endpoint ('{S3Endpoint}') is not the URL of a server, with http or https.");
        }

        if (EdgeSilence <= TimeSpan.Zero)
        {
            faults.Add($"Control:EdgeSilence ({EdgeSilence}) is not positive.");
        }

        faults.AddRange(Rollout.Faults());

        if (InvalidationLogKept < 1)
        {
            faults.Add($"Control:InvalidationLogKept ({InvalidationLogKept}) is less than 1.");
        }

        if (NameServers.Count > MostNameServers || NameServers.Any(static name => !DnsName.TryParse(name, out var parsed) || parsed.LabelCount < 2))
        {
            faults.Add($"Control:NameServers ('{string.Join(',', NameServers)}') are not at most {MostNameServers} domain names.");
        }

        if (ZoneLogKept < 1)
        {
            faults.Add($"Control:ZoneLogKept ({ZoneLogKept}) is less than 1.");
        }

        return faults;
    }
}
