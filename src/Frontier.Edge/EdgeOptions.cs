// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Caching;
using Frontier.Contracts.Fleet;
using Frontier.Edge.Origins;
using Frontier.Edge.Places;
using Frontier.Edge.Shedding;
using Frontier.Http.Limits;

namespace Frontier.Edge;

/// <summary>What an operator says of one edge.</summary>
public sealed record EdgeOptions
{
    /// <summary>Where cache, last good snapshot, certificates and logs are kept.</summary>
    public required string Directory { get; init; }

    public required IPEndPoint Http { get; init; }

    public required IPEndPoint Https { get; init; }

    /// <summary>Where other machines of the fleet ask this one for objects; null for nowhere. Needs <see cref="Identity"/>.</summary>
    public IPEndPoint? Tier { get; init; }

    /// <summary>The control plane's address, e.g. <c>http://127.0.0.1:8400</c>.</summary>
    public required Uri Control { get; init; }

    /// <summary>The other control planes, where <see cref="ControlTransport"/> knows several.</summary>
    public ImmutableArray<Uri> FurtherControls { get; init; } = [];

    /// <summary>Proves to a control plane in the same process that this is an edge of its own. Secret. Null where <see cref="Identity"/> does.</summary>
    public string? EdgeToken { get; init; }

    /// <summary>Who this machine is in its fleet; null outside of one.</summary>
    public FleetIdentity? Identity { get; init; }

    /// <summary>How control planes are reached, in the place of plain HTTP to <see cref="Control"/>; null for that. The caller's to dispose, after the edge.</summary>
    public HttpMessageHandler? ControlTransport { get; init; }

    /// <summary>What this machine says of itself to the control plane; the ports of viewers' listeners are those that were taken. Null for nothing.</summary>
    public NodeFacts? Facts { get; init; }

    /// <summary>Whether viewers are served. Default true; a regional cache has no listeners for them.</summary>
    public bool ServesViewers { get; init; } = true;

    /// <summary>Distributions are <c>d….&lt;domain&gt;</c>. Default <c>frontier.localhost</c>.</summary>
    public string Domain { get; init; } = "frontier.localhost";

    /// <summary>The point of presence: an airport's code, a number, a layer (§21.1). Default <c>LCL50-C1</c>.</summary>
    public string Pop { get; init; } = "LCL50-C1";

    /// <summary>Where origins with S3's host names are fetched; null to resolve those names as any other.</summary>
    public Uri? S3Endpoint { get; init; }

    /// <summary>Follow the RFCs where CloudFront departs from them. Default false.</summary>
    public bool StrictHttpCaching { get; init; }

    /// <summary>Memory of the cache's first tier, in bytes. Default 128 MiB.</summary>
    public long CacheMemoryBytes { get; init; } = 128L << 20;

    /// <summary>Disk of the cache's second tier, in bytes. Default 10 GiB.</summary>
    public long CacheDiskBytes { get; init; } = 10L << 30;

    /// <summary>Bodies compressed at the same time, each with up to 2.2 MiB of memory; more stay plain (DP-20.4). Default 64; 0 for none.</summary>
    public int MaxCompressions { get; init; } = 64;

    /// <summary>Whether answers tell in <c>Cache-Status</c> how the cache came to them (RFC 9211). Default false, as CloudFront.</summary>
    public bool CacheStatus { get; init; }

    /// <summary>Bounds of the connections towards origins, and whom to trust.</summary>
    public OriginClientOptions Origins { get; init; } = new();

    /// <summary>Who knows where viewers are, in the place of <see cref="GeoDatabases"/>; null for those.</summary>
    public IViewerPlaces? ViewerPlaces { get; init; }

    /// <summary>Files in the MaxMind DB format that know where addresses are, countries, cities or autonomous systems; of what several know the first counts.</summary>
    public ImmutableArray<string> GeoDatabases { get; init; } = [];

    /// <summary>Load balancers whose connections begin with the PROXY protocol: whoever it names is the viewer. Default none.</summary>
    public ImmutableArray<IPNetwork> Balancers { get; init; } = [];

    /// <summary>Proxies that ask for viewers: whom they name in <c>X-Forwarded-For</c> is the viewer, and the limits of an address are not theirs. Default none.</summary>
    public ImmutableArray<IPNetwork> FrontProxies { get; init; } = [];

    /// <summary>What viewers may take in number and a second.</summary>
    public ViewerLimits ViewerLimits { get; init; } = new();

    /// <summary>Viewers' connections, idle ones included. Default 16,384; 0 for no limit.</summary>
    public int MaxConnections { get; init; } = 16_384;

    /// <summary>How many requests may be with origins, and wait to be.</summary>
    public MissOptions Misses { get; init; } = new();

    /// <summary>Memory that the process may have, in bytes: misses are turned away above nine tenths of it. Null for what the platform says it has.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>What the process has of memory, where a test says so.</summary>
    internal Func<long>? MemoryUsed { get; init; }

    /// <summary>Whether origins may have loopback, private and other addresses that are nobody's on the Internet. Default false.</summary>
    public bool AllowPrivateOrigins { get; init; }

    /// <summary>Bucket servers of the installation beside <see cref="S3Endpoint"/>: custom origins never reach them. Default none.</summary>
    public ImmutableArray<IPEndPoint> BucketServers { get; init; } = [];

    /// <summary>What else the operator keeps origins away from. Default none.</summary>
    public ImmutableArray<IPEndPoint> ClosedToOrigins { get; init; } = [];

    /// <summary>Whether simple hits take the short way. Tests turn it off to compare.</summary>
    internal bool StraightPath { get; init; } = true;

    internal CacheOptions Cache => new()
    {
        Directory = Path.Combine(Directory, "cache"),
        MemoryBytes = CacheMemoryBytes,
        DiskBytes = CacheDiskBytes,
        // About a thousand segments: few enough to open quickly, small enough that recycling one loses little.
        SegmentBytes = (int)Math.Clamp(CacheDiskBytes >> 10, 64L << 20, 1L << 30),
    };
}
