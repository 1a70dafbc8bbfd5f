// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Access;
using Frontier.Protocols.Http;
using Frontier.Protocols.Tls;

namespace Frontier.Decisions.Models;

/// <summary>A distribution, compiled; immutable, read by every request.</summary>
public sealed class DistributionModel(
    DistributionConfig config, ImmutableArray<BehaviorModel> behaviors, BehaviorModel defaultBehavior, ContinuousDeploymentModel? deployment = null,
    ViewerCertificatesModel? viewerCertificates = null, CertificateModel? certificate = null)
{
    /// <summary>How long an error answer is kept where nothing else is said (DP-19.1).</summary>
    public static readonly TimeSpan DefaultErrorCaching = TimeSpan.FromSeconds(10);

    private readonly FrozenDictionary<int, ErrorResponseConfig> _errorResponses = config.ErrorResponses.ToFrozenDictionary(static error => error.Status);

    public string Id { get; } = config.Id;

    /// <summary>The id's bytes: the partition of its cache keys (DP-6.1: the distribution, never the alias).</summary>
    public ImmutableArray<byte> Partition { get; } = [.. Encoding.ASCII.GetBytes(config.Id)];

    public string DomainName { get; } = config.DomainName;

    public ImmutableArray<string> Aliases { get; } = config.Aliases;

    public bool Enabled { get; } = config.Enabled;

    /// <summary>Serves requests for its primary distribution, none for its own name (DP-2.8).</summary>
    public bool IsStaging { get; } = config.Staging;

    /// <summary>Which requests its staging distribution serves; null for none.</summary>
    public ContinuousDeploymentModel? Deployment { get; } = deployment;

    /// <summary>Whether it serves whoever calls one of its names, and everybody alike.</summary>
    public bool IsStraight { get; } = config.Enabled && !config.Staging && deployment is null && viewerCertificates is null;

    /// <summary>Null for a distribution that is served everywhere.</summary>
    public CountryRule? Countries { get; } = config.Countries is { } countries ? new CountryRule(countries) : null;

    /// <summary>What viewers are asked for while they connect (DP-31.4); null for nothing.</summary>
    public ViewerCertificatesModel? ViewerCertificates { get; } = viewerCertificates;

    public bool Http2 { get; } = config.Http2;

    /// <summary>Whether DNS tells addresses of IPv6 for its name (DP-2.10).</summary>
    public bool IsIpv6Enabled { get; } = config.IsIpv6Enabled;

    /// <summary>What its aliases are shown; null for a certificate of the edge's own.</summary>
    public CertificateModel? Certificate { get; } = certificate;

    /// <summary>That of viewers who are shown <see cref="Certificate"/>.</summary>
    public SecurityPolicy SecurityPolicy { get; } = certificate is null ? SecurityPolicies.OfDefaultCertificate : SecurityPolicies.Find(config.SecurityPolicy)!;

    /// <summary>What viewers are shown who call one of its names; null for a certificate of the edge's own, as its first name always has (DP-22.4).</summary>
    public CertificateModel? CertificateFor(ReadOnlySpan<char> name) => Certificate is not null && !name.SequenceEqual(DomainName) ? Certificate : null;

    /// <summary>DP-22.3: the default certificate has one policy, whatever is asked.</summary>
    public SecurityPolicy PolicyFor(ReadOnlySpan<char> name) => CertificateFor(name) is null ? SecurityPolicies.OfDefaultCertificate : SecurityPolicy;

    /// <summary>How it is served by an edge that does not hear of invalidations any more.</summary>
    public CutOffChoice WhenCutOff { get; } = config.WhenCutOff;

    public bool LogCookies { get; } = config.LogCookies;

    /// <summary>With its leading slash; empty for none.</summary>
    public ImmutableArray<byte> DefaultRootObject { get; } =
        config.DefaultRootObject.Length == 0 ? [] : [.. Encoding.Latin1.GetBytes("/" + config.DefaultRootObject)];

    public BehaviorModel DefaultBehavior { get; } = defaultBehavior;

    public ImmutableArray<BehaviorModel> Behaviors { get; } = behaviors;

    /// <summary>The origin's header that lists an object's cache tags (DP-27.12); empty for none.</summary>
    public ImmutableArray<byte> CacheTagHeader { get; } = [.. Encoding.ASCII.GetBytes(config.CacheTagHeader ?? "")];

    /// <summary>Whether any behavior sends an origin the fingerprint of a viewer's TLS (§10.3).</summary>
    public bool AsksForFingerprints { get; } = behaviors.Append(defaultBehavior)
        .Any(static behavior => behavior.RequestedHeaders.Any(static name => Ascii.EqualsIgnoreCase(name, "cloudfront-viewer-ja3-fingerprint"u8) || Ascii.EqualsIgnoreCase(name, "cloudfront-viewer-ja4-fingerprint"u8)));

    /// <summary>How long an error of that status is kept at least.</summary>
    public TimeSpan ErrorCaching(int status) =>
        _errorResponses.TryGetValue(status, out var response) ? TimeSpan.FromSeconds(response.MinTtlSeconds) : DefaultErrorCaching;

    /// <summary>The path of the page for errors of that status and the status to send it with (DP-19.5, DP-19.6); null when there is none, as for every status that cannot have one (DP-19.11).</summary>
    public ErrorResponseConfig? ErrorPage(int status) => _errorResponses.GetValueOrDefault(status) is { PagePath: not null } response ? response : null;

    /// <summary>The one error that a page turns into this status; null when none or several are (DP-19.6).</summary>
    public int? ErrorBehind(int status) =>
        _errorResponses.Values.Where(error => error.PageStatus == status).Select(static error => error.Status).ToArray() is [var only] ? only : null;

    /// <summary>DP-3.9: only the exact path <c>/</c>, for every method, with the query kept. Without an object for it the slash stays (DP-3.11).</summary>
    public void ApplyDefaultRootObject(RequestHead request)
    {
        if (DefaultRootObject.Length > 0 && request.Path is [(byte)'/'])
        {
            request.SetPath(DefaultRootObject.AsSpan());
        }
    }
}
