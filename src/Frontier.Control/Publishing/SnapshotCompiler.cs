// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Contracts;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Domain.Resources;
using Frontier.Protocols.Names;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Publishing;

/// <summary>
/// Turns the domain into what edges are told: every distribution, the policies they name, and the keys for their origins. What
/// says the same as in the snapshot compiled before is the same object as there. One compilation at a time.
/// </summary>
internal sealed class SnapshotCompiler(ControlOptions options)
{
    private readonly string[] _s3Suffixes = [S3HostName.AwsSuffix, options.Domain];
    private readonly Lock _gate = new();
    private readonly PartMemory _memory = new();

    public ConfigSnapshot Compile(Catalogue catalogue, long version, DateTimeOffset now)
    {
        lock (_gate)
        {
            _memory.BeginSnapshot();
            return CompileAll(catalogue, version, now);
        }
    }

    private ConfigSnapshot CompileAll(Catalogue catalogue, long version, DateTimeOffset now)
    {
        var behaviors = catalogue.Distributions.SelectMany(distribution => distribution.Settings.AllBehaviors).ToList();
        var legacy = catalogue.Distributions.SelectMany(CompileLegacy).ToList();
        var origins = new OriginVersions(catalogue);
        var signers = CompileSigners(behaviors, catalogue);
        var encryption = FieldEncryptionParts.Compile(behaviors, catalogue, _memory);
        return new ConfigSnapshot
        {
            Format = FormatOf(behaviors, catalogue),
            Version = version,
            CreatedAt = now,
            Distributions = [.. catalogue.Distributions.Select(distribution => _memory.Get(
                "distribution", distribution.Id, SourceOf(distribution, catalogue, origins), () => CompileDistribution(distribution, catalogue)))],
            CachePolicies =
            [
                .. Used(behaviors, catalogue.CachePolicies, "cache", static behavior => behavior.CachePolicyId, static policy => policy.Settings.ToConfig(policy.Id)),
                .. legacy.Select(static pair => pair.Cache),
            ],
            OriginRequestPolicies =
            [
                .. Used(behaviors, catalogue.OriginRequestPolicies, "origin-request", static behavior => behavior.OriginRequestPolicyId, static policy => policy.Settings.ToConfig(policy.Id)),
                .. legacy.Select(static pair => pair.OriginRequest),
            ],
            ResponseHeadersPolicies =
            [
                .. Used(behaviors, catalogue.ResponseHeadersPolicies, "response-headers", static behavior => behavior.ResponseHeadersPolicyId, static policy => policy.Settings.ToConfig(policy.Id)),
            ],
            PublicKeys = [.. signers.Keys.Concat(encryption.KeyIds).Distinct().Select(id => CompileKey(id, catalogue))],
            KeyGroups = signers.Groups,
            FieldEncryptions = encryption.Configs,
            FieldEncryptionProfiles = encryption.Profiles,
            TrustStores = CompileTrustStores(catalogue),
            Certificates = CompileCertificates(catalogue),
        };
    }

    private ImmutableArray<TrustStoreConfig> CompileTrustStores(Catalogue catalogue) =>
    [
        .. catalogue.Distributions.Select(static distribution => distribution.Settings.ViewerMtls?.TrustStoreId).OfType<string>().Distinct()
            .Select(id => catalogue.FindTrustStore(id) ?? throw new InvalidOperationException($"The trust store {id} was accepted and is none."))
            .Select(store => _memory.Get("trust-store", store.Id, store.ETag, () => new TrustStoreConfig { Id = store.Id, Certificates = store.Settings.Certificates })),
    ];

    private static int FormatOf(IReadOnlyList<CacheBehavior> behaviors, Catalogue catalogue) =>
        catalogue.Distributions.Any(distribution => catalogue.CutOffs.GetValueOrDefault(distribution.Id) is not CutOffChoice.Serve) ? ConfigSnapshot.FormatWithCutOffs :
        catalogue.Distributions.Any(static distribution => distribution.Settings.ViewerMtls is not null) ? ConfigSnapshot.FormatWithViewerCertificates
        : behaviors.Any(static behavior => behavior.FieldLevelEncryptionId.Length > 0) ? ConfigSnapshot.FormatWithFieldEncryption
        : catalogue.Distributions.Any(static distribution => CertificateUses.Of(distribution.Settings).Any()) ? ConfigSnapshot.FormatWithCertificates
        : behaviors.Any(behavior => catalogue.SignersOf(behavior) is not null) ? ConfigSnapshot.FormatWithSigners
        : 1;

    /// <summary>The key groups that behaviors name, each once, and the ids of their keys.</summary>
    private (IEnumerable<string> Keys, ImmutableArray<KeyGroupConfig> Groups) CompileSigners(IEnumerable<CacheBehavior> behaviors, Catalogue catalogue)
    {
        List<Resource<KeyGroupSettings>> groups = [.. behaviors.SelectMany(behavior => catalogue.SignersOf(behavior) ?? []).Distinct()
            .Select(id => catalogue.FindKeyGroup(id) ?? throw new InvalidOperationException($"The key group {id} was accepted and is none."))];
        return (
            groups.SelectMany(static group => group.Settings.PublicKeys),
            [.. groups.Select(group => _memory.Get(
                "key-group", group.Id, string.Join(' ', group.Settings.PublicKeys), () => new KeyGroupConfig { Id = group.Id, PublicKeyIds = group.Settings.PublicKeys }))]);
    }

    private PublicKeyConfig CompileKey(string id, Catalogue catalogue) =>
        catalogue.FindPublicKey(id) is { Settings.EncodedKey: var text }
            ? _memory.Get("public-key", id, text, () => PublicKeyMaterial.TryParse(text, out var material)
                ? new PublicKeyConfig { Id = id, SubjectPublicKeyInfo = Convert.ToBase64String(material.SubjectPublicKeyInfo.AsSpan()) }
                : throw new InvalidOperationException($"The public key {id} was accepted and cannot be read."))
            : throw new InvalidOperationException($"The public key {id} was accepted and is none.");

    /// <summary>The certificates that distributions name, each once.</summary>
    private ImmutableArray<CertificateConfig> CompileCertificates(Catalogue catalogue)
    {
        var known = catalogue.Certificates.Concat(catalogue.ServerCertificates).ToDictionary(static certificate => certificate.Id, StringComparer.Ordinal);
        return
        [
            .. catalogue.Distributions.SelectMany(static distribution => CertificateUses.Of(distribution.Settings)).Distinct()
                .Select(id => known.GetValueOrDefault(id) ?? throw new InvalidOperationException($"The certificate {id} was accepted and is none."))
                .Select(certificate => _memory.Get("certificate", certificate.Id, certificate.ETag, () => new CertificateConfig
                {
                    Id = certificate.Id,
                    Fingerprint = certificate.Settings.Fingerprint,
                    Names = certificate.Settings.Details.Names,
                })),
        ];
    }

    /// <summary>The policies of one kind that behaviors name, each once.</summary>
    private IEnumerable<TConfig> Used<TSettings, TConfig>(
        IEnumerable<CacheBehavior> behaviors, PolicySet<TSettings> policies, string kind, Func<CacheBehavior, string?> reference, Func<Policy<TSettings>, TConfig> compile)
        where TSettings : PolicySettings
        where TConfig : class
    {
        foreach (var id in behaviors.Select(reference).OfType<string>().Distinct())
        {
            var policy = policies.Find(id) ?? throw new InvalidOperationException($"The policy {id} was accepted and is none.");
            yield return _memory.Get(kind, id, policy.ETag, () => compile(policy));
        }
    }

    private IEnumerable<LegacyPolicies> CompileLegacy(Distribution distribution)
    {
        foreach (var (position, behavior) in distribution.Settings.AllBehaviors.Index())
        {
            if (behavior.ForwardedValues is { } values)
            {
                var id = LegacyPolicies.IdOf(distribution.Id, position);
                yield return _memory.Get("legacy", id, distribution.ETag, () => LegacyPolicies.Compile(id, behavior, values));
            }
        }
    }

    /// <summary>The versions of everything that <see cref="CompileDistribution"/> reads.</summary>
    private static string SourceOf(Distribution distribution, Catalogue catalogue, OriginVersions origins)
    {
        var settings = distribution.Settings;
        var source = catalogue.CutOffs.TryGetValue(distribution.Id, out var cutOff) ? $"{distribution.ETag} {cutOff}" : distribution.ETag;
        foreach (var origin in settings.Origins.Where(static origin => origin.S3 is not null || origin.OriginAccessControlId.Length > 0))
        {
            source += " " + origins.Of(origin);
        }

        if (settings.AllBehaviors.Any(static behavior => behavior.TrustedSigners.Enabled))
        {
            source += string.Concat(catalogue.KeyGroups.Select(static group => " " + group.Id));
        }

        if (settings.ContinuousDeploymentPolicyId.Length > 0 && catalogue.FindContinuousDeploymentPolicy(settings.ContinuousDeploymentPolicyId) is { } policy)
        {
            var staging = catalogue.FindStaging(policy.Settings);
            source += $" {policy.ETag}/{staging?.Id}/{staging?.Settings.Enabled}";
        }

        return source;
    }

    private DistributionConfig CompileDistribution(Distribution distribution, Catalogue catalogue)
    {
        var settings = distribution.Settings;
        return new DistributionConfig
        {
            Id = distribution.Id,
            Arn = Arn.OfDistribution(options.AccountId, distribution.Id),
            DomainName = distribution.DomainName,
            Aliases = settings.Aliases,
            Enabled = settings.Enabled,
            DefaultRootObject = settings.DefaultRootObject,
            Http2 = settings.HttpVersion is "http2" or "http2and3",
            IsIpv6Enabled = settings.IsIpv6Enabled,
            PriceClass = settings.PriceClass,
            CertificateId = CertificateUses.ForViewers(settings.ViewerCertificate),
            SecurityPolicy = settings.ViewerCertificate.MinimumProtocolVersion,
            Origins = [.. settings.Origins.Select(origin => CompileOrigin(origin, distribution.Id, catalogue))],
            OriginGroups = [.. settings.OriginGroups.Select(CompileGroup)],
            DefaultBehavior = CompileBehavior(settings.DefaultCacheBehavior, distribution.Id, 0, catalogue),
            Behaviors = [.. settings.CacheBehaviors.Select((behavior, position) => CompileBehavior(behavior, distribution.Id, position + 1, catalogue))],
            ErrorResponses = [.. settings.CustomErrorResponses.Select(CompileErrorResponse)],
            Countries = settings.GeoRestriction.Type == "none" ? null : new CountriesConfig(settings.GeoRestriction.Type == "whitelist", settings.GeoRestriction.Locations),
            ViewerCertificates = settings.ViewerMtls is { } asked ? CompileViewerCertificates(asked) : null,
            CacheTagHeader = settings.CacheTagHeaderName,
            LogCookies = settings.Logging.IncludeCookies,
            Staging = settings.Staging,
            ContinuousDeployment = CompileDeployment(settings, catalogue),
            WhenCutOff = catalogue.CutOffs.GetValueOrDefault(distribution.Id),
        };
    }

    private static ViewerCertificatesConfig CompileViewerCertificates(ViewerMtls asked) => new(
        asked.Mode switch
        {
            "required" => ViewerCertificateMode.Required,
            "optional" => ViewerCertificateMode.Optional,
            "passthrough" => ViewerCertificateMode.Passthrough,
            _ => throw new InvalidOperationException($"'{asked.Mode}' is no mode of viewers' certificates."),
        },
        asked.TrustStoreId, asked.AdvertiseTrustStoreCaNames, asked.IgnoreCertificateExpiry);

    /// <summary>Null as long as no request goes to the staging distribution: the policy or that distribution is disabled (DP-28.1).</summary>
    private static ContinuousDeploymentConfig? CompileDeployment(DistributionSettings settings, Catalogue catalogue) =>
        catalogue.FindContinuousDeploymentPolicy(settings.ContinuousDeploymentPolicyId) is { Settings: { Enabled: true, Traffic: { } traffic } } policy
            && catalogue.FindStaging(policy.Settings) is { Settings.Enabled: true } staging
            ? new ContinuousDeploymentConfig
            {
                PolicyId = policy.Id,
                StagingDistributionId = staging.Id,
                HeaderName = traffic.Header?.Name,
                HeaderValue = traffic.Header?.Value,
                Weight = (double)(traffic.Weight?.Weight ?? 0),
                Sessions = traffic.Weight?.Stickiness is { } sticky ? new SessionsConfig(policy.SessionEpoch, sticky.IdleTtl, sticky.MaximumTtl) : null,
            }
            : null;

    private static OriginGroupConfig CompileGroup(OriginGroup group) => new()
    {
        Id = group.Id,
        PrimaryOriginId = group.Members[0],
        SecondaryOriginId = group.Members[1],
        FailoverStatuses = group.StatusCodes,
    };

    private static ErrorResponseConfig CompileErrorResponse(CustomErrorResponse response) => new(response.ErrorCode, (int)response.MinTtlSeconds)
    {
        PagePath = response.ResponsePagePath.Length > 0 ? response.ResponsePagePath : null,
        PageStatus = response.ResponseCode.Length > 0 ? int.Parse(response.ResponseCode, CultureInfo.InvariantCulture) : null,
    };

    private OriginConfig CompileOrigin(Origin origin, string distributionId, Catalogue catalogue)
    {
        var config = new OriginConfig
        {
            Id = origin.Id,
            DomainName = origin.DomainName,
            Path = origin.Path,
            CustomHeaders = origin.CustomHeaders,
            Protocol = OriginProtocol.MatchViewer,
            ConnectionAttempts = origin.ConnectionAttempts,
            ConnectionTimeoutSeconds = origin.ConnectionTimeout,
            ReadTimeoutSeconds = origin.ReadTimeout,
            ResponseCompletionTimeoutSeconds = origin.ResponseCompletionTimeout,
            ShieldRegion = origin.ShieldEnabled ? origin.ShieldRegion : null,
        };
        return origin.Custom is { } custom ? WithCustom(config, custom) with { Signing = CompileSigning(origin, distributionId, catalogue), ClientCertificateId = CertificateUses.ForOrigin(origin) } : WithS3(config, origin.S3!, CompileS3(origin, distributionId, catalogue));
    }

    /// <summary>
    /// DP-13.2: a bucket is asked by the viewer's protocol, and over HTTPS where its access control always signs; an identity's
    /// signature does not change that. Where another store stands in for the bucket, the edge speaks to it as it is told.
    /// </summary>
    private static OriginConfig WithS3(OriginConfig config, S3OriginSettings settings, S3OriginConfig bucket) => config with
    {
        S3 = bucket,
        Protocol = bucket.Signing is OriginSigningBehavior.Always && settings.OriginAccessIdentity.Length == 0 ? OriginProtocol.HttpsOnly : OriginProtocol.MatchViewer,
    };

    private static OriginConfig WithCustom(OriginConfig config, CustomOriginSettings custom) => config with
    {
        Protocol = custom.ProtocolPolicy switch
        {
            "http-only" => OriginProtocol.HttpOnly,
            "https-only" => OriginProtocol.HttpsOnly,
            "match-viewer" => OriginProtocol.MatchViewer,
            _ => throw new InvalidOperationException($"'{custom.ProtocolPolicy}' is no origin protocol policy."),
        },
        HttpPort = custom.HttpPort,
        HttpsPort = custom.HttpsPort,
        TlsProtocols = custom.SslProtocols,
        KeepAliveTimeoutSeconds = custom.KeepaliveTimeout,
        AddressFamily = custom.IpAddressType switch
        {
            "ipv4" => OriginAddressFamily.Ipv4,
            "ipv6" => OriginAddressFamily.Ipv6,
            "dualstack" => OriginAddressFamily.DualStack,
            _ => throw new InvalidOperationException($"'{custom.IpAddressType}' is no address type."),
        },
    };

    /// <summary>Null for an origin without access control, and for one that is never signed for.</summary>
    private OriginSigningConfig? CompileSigning(Origin origin, string distributionId, Catalogue catalogue)
    {
        if (catalogue.FindOriginAccessControl(origin.OriginAccessControlId)?.Settings.Signing is not { } behavior || behavior is OriginSigningBehavior.Never)
        {
            return null;
        }

        var key = OriginAccessKeys.Derive(options.OriginAccessSecret, distributionId);
        return SignedServiceHost.TryParse(origin.DomainName, options.Domain, out var host)
            ? new OriginSigningConfig { Behavior = behavior, Service = host.Service, Region = host.Region, AccessKeyId = key.Id, SecretAccessKey = key.Secret }
            : throw new InvalidOperationException($"The origin '{origin.DomainName}' was accepted as one to sign for and is none.");
    }

    private S3OriginConfig CompileS3(Origin origin, string distributionId, Catalogue catalogue)
    {
        if (!S3HostName.TryParse(origin.DomainName, _s3Suffixes, out var name))
        {
            throw new InvalidOperationException($"The origin '{origin.DomainName}' was accepted as a bucket and is none.");
        }

        // DP-13.7: with an identity every request is signed, whatever Authorization the viewer sent.
        var identity = catalogue.FindByReference(origin.S3!.OriginAccessIdentity);
        var signing = identity is not null ? OriginSigningBehavior.Always
            : catalogue.FindOriginAccessControl(origin.OriginAccessControlId)?.Settings.Signing ?? OriginSigningBehavior.Never;
        var key = identity is not null ? OriginAccessKeys.DeriveForIdentity(options.OriginAccessSecret, identity.Id)
            : signing is OriginSigningBehavior.Never ? null
            : OriginAccessKeys.Derive(options.OriginAccessSecret, distributionId);
        return new S3OriginConfig { Bucket = name.Bucket, Region = name.Region, Signing = signing, AccessKeyId = key?.Id, SecretAccessKey = key?.Secret };
    }

    /// <param name="position">0 for the default behavior, then as they are tried.</param>
    private static BehaviorConfig CompileBehavior(CacheBehavior behavior, string distributionId, int position, Catalogue catalogue) => new()
    {
        PathPattern = behavior.PathPattern ?? "*",
        TargetOriginId = behavior.TargetOriginId,
        ViewerProtocol = behavior.ViewerProtocolPolicy switch
        {
            "allow-all" => ViewerProtocol.AllowAll,
            "https-only" => ViewerProtocol.HttpsOnly,
            "redirect-to-https" => ViewerProtocol.RedirectToHttps,
            _ => throw new InvalidOperationException($"'{behavior.ViewerProtocolPolicy}' is no viewer protocol policy."),
        },
        AllowedMethods = behavior.AllowedMethods,
        CachedMethods = behavior.CachedMethods,
        CachePolicyId = behavior.CachePolicyId ?? LegacyPolicies.IdOf(distributionId, position),
        OriginRequestPolicyId = behavior.ForwardedValues is null ? behavior.OriginRequestPolicyId : LegacyPolicies.IdOf(distributionId, position),
        ResponseHeadersPolicyId = behavior.ResponseHeadersPolicyId,
        Compress = behavior.Compress,
        Grpc = behavior.GrpcEnabled,
        Signers = catalogue.SignersOf(behavior) is { } groups ? new SignersConfig([.. groups]) : null,
        FieldEncryptionId = behavior.FieldLevelEncryptionId.Length > 0 ? behavior.FieldLevelEncryptionId : null,
    };
}
