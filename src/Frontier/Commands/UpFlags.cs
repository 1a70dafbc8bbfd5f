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

    private readonly Option<string[]> _geoDatabases = new("--geo-database") { Description = "A MaxMind DB file that knows where addresses are: countries, cities or autonomous systems; repeatable, read again when it changes" };
    private readonly Option<string[]> _balancers = new("--balancer") { Description = "Network of load balancers that begin each connection with the PROXY protocol (1 or 2), which tells who the viewer is; repeatable" };
    private readonly Option<string[]> _frontProxies = new("--front-proxy") { Description = "Network of proxies whose X-Forwarded-For tells who the viewer is; repeatable" };
    private readonly Option<string?> _cacheStatus = new("--cache-status") { Description = "Tell viewers in Cache-Status how the cache came to each answer (RFC 9211). Default false", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _strictHttpCaching = new("--strict-http-caching") { Description = "Cache by the RFCs where CloudFront departs from them. Default false", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string?> _keyFile = new("--key-file") { Description = "The file with the key that secrets in the store are encrypted with; the same for all on one database. Default secrets/key-file in --data" };
    private readonly Option<string?> _localCertificates = new("--local-certificates") { Description = "Whether a local authority certifies aliases, so that distributions need no certificate for them; false as at CloudFront. Default true", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _auditKept = new("--audit-kept") { Description = "How many changes the audit log keeps. Default 100000" };

    private readonly OverloadFlags _overload = new();
    private readonly AcmeFlags _acme = new();
    private readonly Option<string?> _allowPrivateOrigins = new("--allow-private-origins") { Description = "Whether origins may be on this machine and on private networks; false where others configure distributions. Default true", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _originCa = new("--origin-ca") { Description = "PEM file of authorities whose certificates origins may have, besides the system's; repeatable, read at the start" };
    private readonly Option<string?> _originCaOnly = new("--origin-ca-only") { Description = "Trust the authorities of --origin-ca alone, not the system's. Default false", Arity = ArgumentArity.ZeroOrOne };

    private UpFlags()
    {
    }

    public static UpFlags AddTo(Command command)
    {
        var flags = new UpFlags();
        foreach (var option in (IEnumerable<Option>)
        [
            flags._data, flags._api, flags._buckets, flags._http, flags._https, flags._domain, flags._accessKeys, flags._s3Endpoint, flags._cacheMemory, flags._cacheDisk,
            flags._maxDistributions, flags._cacheStatus, flags._strictHttpCaching, flags._store, flags._geoDatabases, flags._balancers, flags._frontProxies,
            flags._keyFile, flags._auditKept, flags._localCertificates,
            flags._allowPrivateOrigins, flags._originCa, flags._originCaOnly,
            .. flags._overload.All,
            .. flags._acme.All,
        ])
        {
            command.Options.Add(option);
        }

        return flags;
    }

    public UpSettings Read(ParseResult parsed) => UpSettings.Read(new Dictionary<string, string?>(_overload.Read(parsed).Concat(_acme.Read(parsed)))
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
        ["max-distributions"] = parsed.GetValue(_maxDistributions),
        ["cache-status"] = Switch(parsed, _cacheStatus),
        ["strict-http-caching"] = Switch(parsed, _strictHttpCaching),
        ["store"] = parsed.GetValue(_store),
        ["balancer"] = parsed.GetValue(_balancers) is { Length: > 0 } networks ? string.Join(' ', networks) : null,
        ["front-proxy"] = parsed.GetValue(_frontProxies) is { Length: > 0 } fronts ? string.Join(' ', fronts) : null,
        ["geo-database"] = parsed.GetValue(_geoDatabases) is { Length: > 0 } files ? string.Join(Path.PathSeparator, files) : null,
        ["key-file"] = parsed.GetValue(_keyFile),
        ["local-certificates"] = Switch(parsed, _localCertificates),
        ["audit-kept"] = parsed.GetValue(_auditKept),
        ["allow-private-origins"] = Switch(parsed, _allowPrivateOrigins),
        ["origin-ca"] = parsed.GetValue(_originCa) is { Length: > 0 } authorities ? string.Join(Path.PathSeparator, authorities) : null,
        ["origin-ca-only"] = Switch(parsed, _originCaOnly),
    });

    /// <summary>A switch may stand alone, or say true or false.</summary>
    private static string? Switch(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) ?? (parsed.GetResult(option) is null ? null : "true");
}
