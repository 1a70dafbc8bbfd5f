// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Hosting;

namespace Frontier.Commands;

/// <summary>The flags of <c>frontier up</c>, as <c>design.md</c> §7 lists them.</summary>
internal sealed class UpFlags
{
    private readonly Option<string?> _data = new("--data") { Description = "Directory of everything it keeps. Default ./frontier-data" };
    private readonly Option<string?> _api = new("--api") { Description = "Address of the CloudFront API. Default 127.0.0.1:8400" };
    private readonly Option<string?> _buckets = new("--buckets") { Description = "Address of the S3-compatible bucket server. Default 127.0.0.1:8402" };
    private readonly Option<string?> _http = new("--http") { Description = "Address where viewers are served by HTTP. Default 127.0.0.1:8480" };
    private readonly Option<string?> _https = new("--https") { Description = "Address where viewers are served by HTTPS. Default 127.0.0.1:8443" };
    private readonly Option<string?> _domain = new("--domain") { Description = "Distributions are d….<domain>. Default frontier.localhost" };
    private readonly Option<string[]> _accessKeys = new("--access-key") { Description = "ID:SECRET that may call the APIs; repeatable. Default: one made at first start" };
    private readonly Option<string?> _s3Endpoint = new("--s3-endpoint") { Description = "URL of the store behind S3's host names. Default: the built-in bucket server" };
    private readonly Option<string?> _store = new("--store") { Description = "Where the control plane keeps what it knows: sqlite, or postgres://user:password@host/database. Default sqlite, in --data" };
    private readonly Option<string?> _cacheMemory = new("--cache-memory") { Description = "Memory for cached objects, e.g. 512M. Default 128M" };
    private readonly Option<string?> _cacheDisk = new("--cache-disk") { Description = "Disk for cached objects, e.g. 100G. Default 10G" };
    private readonly Option<string?> _maxDistributions = new("--max-distributions") { Description = "How many distributions there may be. Default 500, as at CloudFront" };
    private readonly Option<string[]> _quotas = new($"--{QuotaSettings.Name}") { Description = "NAME=NUMBER: another bound than CloudFront's, such as cache-behaviors-per-distribution=200; repeatable. docs/operations/quotas.md lists the names" };

    private readonly Option<string[]> _geoDatabases = new("--geo-database") { Description = "A MaxMind DB file that knows where addresses are: countries, cities or autonomous systems; repeatable, read again when it changes" };
    private readonly Option<string[]> _balancers = new("--balancer") { Description = "Network of load balancers that begin each connection with the PROXY protocol (1 or 2), which tells who the viewer is; repeatable" };
    private readonly Option<string[]> _frontProxies = new("--front-proxy") { Description = "Network of proxies whose X-Forwarded-For tells who the viewer is; repeatable" };
    private readonly Option<string?> _cacheStatus = new("--cache-status") { Description = "Tell viewers in Cache-Status how the cache came to each answer (RFC 9211). Default false", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _strictHttpCaching = new("--strict-http-caching") { Description = "Cache by the RFCs where CloudFront departs from them. Default false", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string?> _keyFile = new("--key-file") { Description = "The file with the key that secrets in the store are encrypted with; the same for all on one database. Default secrets/key-file in --data" };
    private readonly Option<string?> _localCertificates = new("--local-certificates") { Description = "Whether a local authority certifies aliases, so that distributions need no certificate for them; false as at CloudFront. Default true", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _auditKept = new("--audit-kept") { Description = "How many changes the audit log keeps. Default 100000" };

    private readonly Option<string?> _rollout = new("--rollout") { Description = "How changes come to edges: at-once, or in waves (one edge, its point of presence, all) where there are three edges or more. Default waves for \"frontier run control\", at-once for \"frontier up\"" };
    private readonly Option<string?> _waveTime = new("--wave-time") { Description = "Seconds that the edges of a wave must fare well with a new configuration. Default 30" };
    private readonly Option<string?> _nameServers = new($"--{NameServerSetting.Flag}") { Description = "Names of the DNS servers that answer for hosted zones, with commas; their NS records name them. With addresses, ns1.cdn.example.com=192.0.2.53, where they lie in --domain. Default ns1.<domain>" };

    private readonly OverloadFlags _overload = new();
    private readonly AcmeFlags _acme = new();
    private readonly Option<string[]> _closedToOrigins = new("--closed-to-origins") { Description = "Address and port of a server that is no origin's, such as a database of the same network; repeatable. Listeners, control planes, and bucket servers that the edge knows are closed anyway" };
    private readonly Option<string?> _allowPrivateOrigins = new("--allow-private-origins") { Description = "Whether origins may be on this machine and on private networks; false where others configure distributions. Default true", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _originCa = new("--origin-ca") { Description = "PEM file of authorities whose certificates origins may have, besides the system's; repeatable, read at the start" };
    private readonly Option<string?> _originCaOnly = new("--origin-ca-only") { Description = "Trust the authorities of --origin-ca alone, not the system's. Default false", Arity = ArgumentArity.ZeroOrOne };

    private readonly HashSet<string> _taken = [];
    private readonly DnsFlags _dns = new();

    private UpFlags()
    {
    }

    /// <param name="takes">Which flags a role has, by their names without dashes; null for all.</param>
    public static UpFlags AddTo(Command command, Func<string, bool>? takes = null)
    {
        var flags = new UpFlags();
        foreach (var option in ((IEnumerable<Option>)
        [
            flags._data, flags._api, flags._buckets, flags._http, flags._https, flags._domain, flags._accessKeys, flags._s3Endpoint, flags._cacheMemory, flags._cacheDisk,
            flags._maxDistributions, flags._quotas, flags._cacheStatus, flags._strictHttpCaching, flags._store, flags._geoDatabases, flags._balancers, flags._frontProxies,
            flags._keyFile, flags._auditKept, flags._localCertificates,
            flags._allowPrivateOrigins, flags._closedToOrigins, flags._originCa, flags._originCaOnly,
            flags._rollout, flags._waveTime,
            flags._nameServers,
            .. flags._overload.All,
            .. flags._dns.All, .. flags._acme.All,
        ]).Where(option => takes is null || takes(option.Name.TrimStart('-'))))
        {
            flags._taken.Add(option.Name.TrimStart('-'));
            command.Options.Add(option);
        }

        return flags;
    }

    /// <param name="isLaptop"><see cref="UpSettings.Read"/>.</param>
    public UpSettings Read(ParseResult parsed, bool isLaptop = true) => UpSettings.Read(All(parsed).Where(flag => _taken.Contains(flag.Key)).ToDictionary(), isLaptop);

    private Dictionary<string, string?> All(ParseResult parsed) => new([.. _overload.Read(parsed), .. _dns.Read(parsed), .. _acme.Read(parsed)])
    {
        ["data"] = parsed.GetValue(_data),
        ["api"] = parsed.GetValue(_api),
        ["buckets"] = parsed.GetValue(_buckets),
        ["http"] = parsed.GetValue(_http),
        ["https"] = parsed.GetValue(_https),
        ["domain"] = parsed.GetValue(_domain),
        ["access-key"] = parsed.GetValue(_accessKeys) is { Length: > 0 } keys ? string.Join(' ', keys) : null,
        ["s3-endpoint"] = parsed.GetValue(_s3Endpoint),
        ["cache-memory"] = parsed.GetValue(_cacheMemory),
        ["cache-disk"] = parsed.GetValue(_cacheDisk),
        [QuotaSettings.MaxDistributions] = parsed.GetValue(_maxDistributions),
        [QuotaSettings.Name] = parsed.GetValue(_quotas) is { Length: > 0 } quotas ? string.Join(' ', quotas) : null,
        ["cache-status"] = Switch(parsed, _cacheStatus),
        ["strict-http-caching"] = Switch(parsed, _strictHttpCaching),
        ["store"] = parsed.GetValue(_store),
        ["balancer"] = parsed.GetValue(_balancers) is { Length: > 0 } networks ? string.Join(' ', networks) : null,
        ["front-proxy"] = parsed.GetValue(_frontProxies) is { Length: > 0 } fronts ? string.Join(' ', fronts) : null,
        ["geo-database"] = parsed.GetValue(_geoDatabases) is { Length: > 0 } files ? string.Join(Path.PathSeparator, files) : null,
        ["key-file"] = parsed.GetValue(_keyFile),
        ["local-certificates"] = Switch(parsed, _localCertificates),
        ["audit-kept"] = parsed.GetValue(_auditKept),
        ["closed-to-origins"] = parsed.GetValue(_closedToOrigins) is { Length: > 0 } servers ? string.Join(' ', servers) : null,
        ["allow-private-origins"] = Switch(parsed, _allowPrivateOrigins),
        ["origin-ca"] = parsed.GetValue(_originCa) is { Length: > 0 } authorities ? string.Join(Path.PathSeparator, authorities) : null,
        [RolloutSettings.Mode] = parsed.GetValue(_rollout),
        [RolloutSettings.WaveTime] = parsed.GetValue(_waveTime),
        ["origin-ca-only"] = Switch(parsed, _originCaOnly),
        [NameServerSetting.Flag] = parsed.GetValue(_nameServers),
    };

    /// <summary>A switch may stand alone, or say true or false.</summary>
    public static string? Switch(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) ?? (parsed.GetResult(option) is null ? null : "true");
}
