// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets;
using Frontier.Control;
using Frontier.Edge;
using Frontier.Fleet;
using Frontier.Protocols.SigV4;

namespace Frontier.Hosting;

/// <summary>What the roles are told of what the operator said, the same in one process and in a fleet.</summary>
internal static class RoleOptions
{
    public static BucketOptions Buckets(UpSettings settings, DataDirectory data, IReadOnlyList<AccessKey> accessKeys, Func<string, AccessKey?> findAccessKey, byte[] originAccess) => new()
    {
        Directory = data["buckets"],
        Endpoint = settings.Buckets,
        Domain = settings.Domain,
        AccessKeys = accessKeys,
        FindAccessKey = findAccessKey,
        OriginAccessSecret = originAccess,
    };

    public static ControlOptions Control(UpSettings settings, ControlSettings fleet, IReadOnlyList<AccessKey> accessKeys, byte[] secretsKey, byte[] originAccess) => new()
    {
        Endpoint = settings.Api,
        Domain = settings.Domain,
        AccessKeys = accessKeys,
        SecretsKey = secretsKey,
        AuditKept = settings.AuditKept,
        OriginAccessSecret = originAccess,
        Quotas = settings.Quotas,
        EdgesCertifyAliases = settings.LocalCertificates,
        EdgesKnowPlaces = fleet.EdgesKnowPlaces,
        SnapshotCheck = new SnapshotTrial().Faults,
        S3Endpoint = settings.S3Endpoint,
        Fleet = fleet.Fleet,
        EdgeSilence = fleet.Silence,
        ProgramVersion = MachineSettings.ProgramVersion,
        Rollout = settings.Rollout,
        NameServers = [.. settings.NameServers.Select(static server => server.Name)],
        Acme = settings.Acme,
    };

    public static EdgeOptions Edge(UpSettings settings, DataDirectory data, Uri control) => new()
    {
        Directory = data["edge"],
        Http = settings.Http,
        Https = settings.Https,
        Control = control,
        Domain = settings.Domain,
        S3Endpoint = settings.S3Endpoint,
        CacheMemoryBytes = settings.CacheMemoryBytes,
        CacheDiskBytes = settings.CacheDiskBytes,
        CacheStatus = settings.CacheStatus,
        StrictHttpCaching = settings.StrictHttpCaching,
        GeoDatabases = settings.GeoDatabases,
        Balancers = settings.Balancers,
        FrontProxies = settings.FrontProxies,
        ViewerLimits = settings.Overload.ViewerLimits,
        MaxConnections = settings.Overload.MaxConnections,
        Misses = settings.Overload.Misses,
        MemoryLimitBytes = settings.Overload.MemoryLimitBytes,
        AllowPrivateOrigins = settings.AllowPrivateOrigins,
        ClosedToOrigins = settings.ClosedToOrigins,
        Origins = settings.Origins,
    };
}
