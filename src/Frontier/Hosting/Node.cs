// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets;
using Frontier.Control;
using Frontier.Control.Store;
using Frontier.Edge;
using Frontier.Protocols.SigV4;
using Microsoft.Extensions.Logging;

namespace Frontier.Hosting;

/// <summary>All roles in one process. Each has its own listener and talks to the others as it would across machines.</summary>
internal sealed class Node : IAsyncDisposable
{
    /// <summary>How long the start waits for the edge to hear the control plane beside it.</summary>
    private static readonly TimeSpan EdgeConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly Stack<IAsyncDisposable> _roles = new();
    private readonly ILoggerFactory _loggers;

    private Node(UpSettings settings, DataDirectory data, ILoggerFactory loggers)
    {
        Settings = settings;
        Data = data;
        _loggers = loggers;
        AccessKeys = data.AccessKeys(settings.AccessKeys);
    }

    public UpSettings Settings { get; }

    public DataDirectory Data { get; }

    public IReadOnlyList<AccessKey> AccessKeys { get; }

    public ControlServer Control { get; private set; } = null!;

    public BucketServer Buckets { get; private set; } = null!;

    public EdgeServer Edge { get; private set; } = null!;

    /// <exception cref="StartException">Something is in the way; whatever had started is stopped again.</exception>
    public static async Task<Node> StartAsync(UpSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var data = DataDirectory.Open(settings.Data);
        var loggers = NodeLogging.Create();
        var node = new Node(settings, data, loggers);
        try
        {
            PortCheck.Run(settings);
            await node.StartRolesAsync(time, cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_roles.TryPop(out var role))
        {
            await role.DisposeAsync();
        }

        _loggers.Dispose();
        Data.Dispose();
    }

    private async Task StartRolesAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var store = await StartAsync("store", "--store and --data", () => Settings.Store.OpenAsync(time, _loggers, cancellationToken));

        // The secret behind every origin's key is one for all processes of an installation: of several data directories the first proposes it.
        var originAccess = await AgreeAsync(store, "origin-access", cancellationToken);
        var secretsKey = KeyFile.Open(Settings.KeyFile);
        var edgeToken = Convert.ToHexStringLower(Data.Secret("edge-token"));
        ControlServer? control = null; // until it runs, buckets know the keys given at the start
        Buckets = await StartAsync("bucket server", "--buckets", () => BucketServer.StartAsync(
            new BucketOptions
            {
                Directory = Data["buckets"],
                Endpoint = Settings.Buckets,
                Domain = Settings.Domain,
                AccessKeys = AccessKeys,
                FindAccessKey = id => control?.FindAccessKey(id),
                OriginAccessSecret = originAccess,
            }, time, _loggers, cancellationToken));

        Control = control = await StartAsync("CloudFront API", "--api and --key-file", () => ControlServer.StartAsync(
            new ControlOptions
            {
                Endpoint = Settings.Api,
                Domain = Settings.Domain,
                AccessKeys = AccessKeys,
                SecretsKey = secretsKey,
                AuditKept = Settings.AuditKept,
                OriginAccessSecret = originAccess,
                EdgeToken = edgeToken,
                Quotas = new Quotas { Distributions = Settings.MaxDistributions, Certificates = Math.Max(new Quotas().Certificates, Settings.MaxDistributions) },
                EdgesCertifyAliases = Settings.LocalCertificates,
                EdgesKnowPlaces = !Settings.GeoDatabases.IsEmpty,
                NameServers = Settings.NameServers,
                SnapshotCheck = new SnapshotTrial().Faults,
                S3Endpoint = Settings.S3Endpoint ?? new Uri($"http://{Buckets.Endpoint}"),
            }, store, time, _loggers, cancellationToken));

        Edge = await StartAsync("edge", "--http or --https", () => EdgeServer.StartAsync(
            new EdgeOptions
            {
                Directory = Data["edge"],
                Http = Settings.Http,
                Https = Settings.Https,
                Control = new Uri($"http://{Control.Endpoint}"),
                EdgeToken = edgeToken,
                Domain = Settings.Domain,
                S3Endpoint = Settings.S3Endpoint ?? new Uri($"http://{Buckets.Endpoint}"),
                CacheMemoryBytes = Settings.CacheMemoryBytes,
                CacheDiskBytes = Settings.CacheDiskBytes,
                CacheStatus = Settings.CacheStatus,
                StrictHttpCaching = Settings.StrictHttpCaching,
                GeoDatabases = Settings.GeoDatabases,
                Balancers = Settings.Balancers,
                FrontProxies = Settings.FrontProxies,
                ViewerLimits = Settings.Overload.ViewerLimits,
                MaxConnections = Settings.Overload.MaxConnections,
                Misses = Settings.Overload.Misses,
                MemoryLimitBytes = Settings.Overload.MemoryLimitBytes,
                AllowPrivateOrigins = Settings.AllowPrivateOrigins,
                ClosedToOrigins = [Buckets.Endpoint],
                Origins = Settings.Origins,
            }, time, _loggers, cancellationToken));
        try
        {
            await Edge.Connected.WaitAsync(EdgeConnectTimeout, time, cancellationToken);
        }
        catch (TimeoutException error)
        {
            throw new StartException($"The edge does not reach the control plane at {Control.Endpoint} (see --api).", error);
        }
    }

    private async Task<byte[]> AgreeAsync(IControlStore store, string name, CancellationToken cancellationToken)
    {
        try
        {
            return Convert.FromHexString(await store.AgreeAsync(name, Convert.ToHexStringLower(Data.Secret(name)), cancellationToken));
        }
        catch (IOException error)
        {
            throw new StartException($"The store cannot be used: {error.Message} (See --store and --data.)", error);
        }
    }

    private async Task<T> StartAsync<T>(string role, string flag, Func<Task<T>> start)
        where T : IAsyncDisposable
    {
        try
        {
            var started = await start();
            _roles.Push(started);
            return started;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new StartException($"The {role} cannot start: {error.Message} (See {flag}.)", error);
        }
    }
}
