// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Frontier.Control;
using Frontier.Control.Acme;
using Frontier.Control.Rollout;
using Frontier.Dns;
using Frontier.Edge.Origins;
using Frontier.Protocols.SigV4;
using Microsoft.Extensions.Configuration;

namespace Frontier.Hosting;

/// <summary>What the operator asked for: flags over environment over file over defaults. Every fault is collected, none hides another.</summary>
internal sealed class UpSettings
{
    private readonly Dictionary<string, string> _values;
    private readonly List<string> _faults = [];
    private readonly SettingReader _reader;

    private UpSettings(Dictionary<string, string> values, bool isLaptop)
    {
        _values = values;
        _reader = new SettingReader(values, _faults);
        Data = Path.GetFullPath(Text("data", "./frontier-data"));
        Api = Address("api", "127.0.0.1:8400");
        Buckets = Address("buckets", "127.0.0.1:8402");
        Http = Address("http", "127.0.0.1:8480");
        Https = Address("https", "127.0.0.1:8443");
        Domain = DomainName();
        AccessKeys = Keys();
        S3Endpoint = Url("s3-endpoint");
        CacheMemoryBytes = Size("cache-memory", "128M", least: 16L << 20);
        CacheDiskBytes = Size("cache-disk", "10G", least: 256L << 20);
        Quotas = QuotaSettings.Read(_values, Count(QuotaSettings.MaxDistributions, new Quotas().Distributions, most: 100_000), _faults);
        CacheStatus = Switch("cache-status");
        StrictHttpCaching = Switch("strict-http-caching");
        GeoDatabases = Files("geo-database");
        Balancers = Networks("balancer");
        FrontProxies = Networks("front-proxy");
        KeyFile = Path.GetFullPath(Text("key-file", Path.Combine(Data, "secrets", "key-file")));
        LocalCertificates = Switch("local-certificates", fallback: isLaptop);
        AuditKept = Count("audit-kept", 100_000, most: 10_000_000);
        Overload = OverloadSettings.Read(
            _values,
            MemoryLimit(),
            _values.TryGetValue(OverloadSettings.Exempt, out var exempt) ? exempt == "none" ? [] : Networks(OverloadSettings.Exempt) : null,
            _faults);
        AllowPrivateOrigins = Switch("allow-private-origins", fallback: isLaptop);
        ClosedToOrigins = EndPoints("closed-to-origins");
        Origins = TrustOf("origin-ca", "origin-ca-only");
        Rollout = RolloutSettings.Read(_values, isLaptop, _faults);
        Dns = DnsSettings.Read(_values, Address(DnsSettings.Listen, DnsSettings.DefaultListen), Networks(DnsSettings.Transfer), Data, _faults);
        NameServers = NameServerSetting.Read(Text(NameServerSetting.Flag, ""), _faults);
        Acme = AcmeSettings.Read(_values, _faults);
        Store = StoreLocation.Read(Text("store", StoreLocation.Embedded), Data, _faults);
    }

    public IReadOnlyList<string> Faults => _faults;

    public string Data { get; }

    public IPEndPoint Api { get; }

    public IPEndPoint Buckets { get; }

    public IPEndPoint Http { get; }

    public IPEndPoint Https { get; }

    public string Domain { get; }

    /// <summary>Empty: one is made at first start.</summary>
    public IReadOnlyList<AccessKey> AccessKeys { get; }

    /// <summary>Null: the built-in bucket server.</summary>
    public Uri? S3Endpoint { get; }

    public long CacheMemoryBytes { get; }

    public long CacheDiskBytes { get; }

    /// <summary>How much of everything there may be.</summary>
    public Quotas Quotas { get; }

    /// <summary>Whether answers carry Cache-Status.</summary>
    public bool CacheStatus { get; }

    /// <summary>Cache by the RFCs where CloudFront departs from them.</summary>
    public bool StrictHttpCaching { get; }

    /// <summary>Load balancers that speak the PROXY protocol.</summary>
    public ImmutableArray<IPNetwork> Balancers { get; }

    /// <summary>Proxies that are believed whom they ask for.</summary>
    public ImmutableArray<IPNetwork> FrontProxies { get; }

    /// <summary>Files that tell where addresses are; whole paths.</summary>
    public ImmutableArray<string> GeoDatabases { get; }
    /// <summary>The file with the key that secrets in the store are encrypted with.</summary>
    public string KeyFile { get; }

    /// <summary>Whether a local authority certifies aliases.</summary>
    public bool LocalCertificates { get; }

    /// <summary>How many changes the audit log keeps.</summary>
    public int AuditKept { get; }

    /// <summary>How much the edge lets viewers take.</summary>
    public OverloadSettings Overload { get; }

    /// <summary>Whether origins may be on this machine and on private networks: a laptop's are.</summary>
    public bool AllowPrivateOrigins { get; }

    /// <summary>Servers that are no origin's, wherever private origins are allowed.</summary>
    public ImmutableArray<IPEndPoint> ClosedToOrigins { get; }

    /// <summary>How the edge speaks to origins: whom it trusts.</summary>
    public OriginClientOptions Origins { get; }

    /// <summary>How new versions of the configuration come to the edges.</summary>
    public RolloutOptions Rollout { get; }

    /// <summary>How DNS is served.</summary>
    public DnsSettings Dns { get; }

    /// <summary>The DNS servers that answer for hosted zones; empty for the default.</summary>
    public ImmutableArray<NameServer> NameServers { get; }

    /// <summary>Who issues certificates on request; null for nobody.</summary>
    public AcmeOptions? Acme { get; }

    /// <summary>Where the control plane keeps what it knows.</summary>
    public StoreLocation Store { get; }

    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    /// <param name="isLaptop">Whether everything runs in one process, mostly on a laptop: what is dangerous in a fleet is the default there.</param>
    public static UpSettings Read(IReadOnlyDictionary<string, string?> flags, bool isLaptop = true) => new(Merge(flags), isLaptop);

    /// <summary>The values that count, by flag name: flags over environment over file.</summary>
    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    public static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string?> flags)
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(Directory.GetCurrentDirectory())
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables("FRONTIER_")
            .Build();
        // One key, three spellings: s3-endpoint, S3Endpoint, S3_ENDPOINT. What only the edge has may stand under Frontier:Edge.
        var configured = configuration.GetSection("Frontier:Edge").GetChildren().Concat(configuration.GetChildren())
            .Where(static section => section.Value is not null)
            .GroupBy(static section => Plain(section.Key)).ToDictionary(static group => group.Key, static group => group.Last().Value!);
        var values = new Dictionary<string, string>();
        foreach (var (name, flag) in flags)
        {
            if ((flag ?? configured.GetValueOrDefault(Plain(name))) is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    /// <summary>A key as all its spellings have it.</summary>
    internal static string Plain(string key) => key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private string Text(string name, string fallback) => _reader.Text(name, fallback);

    private IPEndPoint Address(string name, string fallback) => _reader.Address(name, fallback);

    private bool Switch(string name, bool fallback = false) => _reader.Switch(name, fallback);

    private int Count(string name, int fallback, int most) => _reader.Count(name, fallback, most);

    private string DomainName()
    {
        var text = Text("domain", "frontier.localhost");
        var valid = text.Length <= 200 && Uri.CheckHostName(text) is UriHostNameType.Dns && !text.Any(char.IsUpper);
        if (!valid)
        {
            _faults.Add($"--domain is \"{text}\": give a DNS name in lower case of at most 200 characters, such as frontier.localhost.");
        }

        return text;
    }

    private List<AccessKey> Keys()
    {
        var keys = new List<AccessKey>();
        foreach (var text in Text("access-key", "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (text.Split(':') is [{ Length: >= 3 } id, { Length: >= 16 } secret])
            {
                keys.Add(new AccessKey(id, secret));
            }
            else
            {
                _faults.Add("--access-key: give ID:SECRET, the id of at least 3 and the secret of at least 16 characters, neither with a colon.");
            }
        }

        return keys;
    }

    /// <summary>Several are parted as in PATH.</summary>
    private ImmutableArray<string> Files(string name)
    {
        var files = Text(name, "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath).ToImmutableArray();
        _faults.AddRange(files.Where(static file => !File.Exists(file)).Select(file => $"--{name} is \"{file}\": there is no such file."));
        return files;
    }

    private ImmutableArray<IPEndPoint> EndPoints(string name)
    {
        var addresses = ImmutableArray.CreateBuilder<IPEndPoint>();
        foreach (var text in Text(name, "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPEndPoint.TryParse(text, out var address) && address.Port != 0)
            {
                addresses.Add(address);
            }
            else
            {
                _faults.Add($"--{name} is \"{text}\": give an address and a port such as 127.0.0.1:8400, or 0.0.0.0:8400 for that port of each of this machine's addresses.");
            }
        }

        return addresses.DrainToImmutable();
    }

    private ImmutableArray<IPNetwork> Networks(string name)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var text in Text(name, "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                _faults.Add($"--{name} is \"{text}\": give a network such as 10.0.0.0/24 or 2001:db8::/64, or an address with /32 or /128.");
            }
        }

        return networks.DrainToImmutable();
    }

    /// <summary>Certificates of authorities in PEM files, read once: whoever changes a file starts the edge anew.</summary>
    private OriginClientOptions TrustOf(string name, string only)
    {
        var options = new OriginClientOptions { TrustsSystem = !Switch(only) };
        foreach (var file in Files(name).Where(File.Exists))
        {
            try
            {
                var before = options.AdditionalRoots.Count;
                options.AdditionalRoots.ImportFromPemFile(file);
                if (options.AdditionalRoots.Count == before)
                {
                    _faults.Add($"--{name} is \"{file}\": there is no certificate in it; give a file of certificates in PEM form (-----BEGIN CERTIFICATE-----).");
                }
            }
            catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
            {
                _faults.Add($"--{name} is \"{file}\": it cannot be read ({error.Message}); give a readable file of certificates in PEM form (-----BEGIN CERTIFICATE-----).");
            }
        }

        if (!options.TrustsSystem && options.AdditionalRoots.Count == 0)
        {
            _faults.Add($"--{only} leaves no authority to trust: name one with --{name}.");
        }

        return options;
    }

    private Uri? Url(string name)
    {
        if (!_values.TryGetValue(name, out var text))
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/")
        {
            return url;
        }

        _faults.Add($"--{name} is \"{text}\": give an http or https URL without a path, such as http://127.0.0.1:9000.");
        return null;
    }

    /// <summary>Null for what the platform says.</summary>
    private long? MemoryLimit()
    {
        if (!_values.ContainsKey(OverloadSettings.MemoryLimit))
        {
            return null;
        }

        var faults = _faults.Count;
        var limit = Size(OverloadSettings.MemoryLimit, "", least: 64L << 20);
        var needed = CacheMemoryBytes + OverloadSettings.MemoryBesideCache;
        if (faults == _faults.Count && limit - (limit / 10) < needed)
        {
            // A cache that is full would turn all misses away for ever.
            _faults.Add($"--{OverloadSettings.MemoryLimit} is {limit >> 20}M: nine tenths of it must hold the {CacheMemoryBytes >> 20}M of --cache-memory and {OverloadSettings.MemoryBesideCache >> 20}M beside; give at least {(needed + (needed / 9) >> 20) + 1}M.");
        }

        return limit;
    }

    private long Size(string name, string fallback, long least)
    {
        var text = Text(name, fallback);
        var shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, 'T' => 40, _ => 0 };
        if (long.TryParse(shift == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= long.MaxValue >> shift && count << shift >= least)
        {
            return count << shift;
        }

        _faults.Add($"--{name} is \"{text}\": give a number of bytes with K, M, G or T, at least {least >> 20}M.");
        return least;
    }
}
