// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets;
using Frontier.Contracts.Fleet;
using Frontier.Control;
using Frontier.Dns;
using Frontier.Dns.Routing;
using Frontier.Edge;
using Frontier.Fleet;
using Frontier.Protocols.SigV4;
using Microsoft.Extensions.Logging;

namespace Frontier.Hosting;

/// <summary>All roles in one process. Each has its own listener and talks to the others as it would across machines.</summary>
internal sealed partial class Node : IAsyncDisposable
{
    /// <summary>How long the start waits for edge and DNS to hear the control plane beside them, and the edge for its next certificate.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly RoleStack _roles;

    private Node(UpSettings settings, RoleStack roles)
    {
        Settings = settings;
        _roles = roles;
        AccessKeys = Data.AccessKeys(settings.AccessKeys);
    }

    public UpSettings Settings { get; }

    public DataDirectory Data => _roles.Data;

    public IReadOnlyList<AccessKey> AccessKeys { get; }

    public ControlServer Control { get; private set; } = null!;

    public BucketServer Buckets { get; private set; } = null!;

    public EdgeServer Edge { get; private set; } = null!;

    public DnsServer Dns { get; private set; } = null!;

    /// <exception cref="StartException">Something is in the way; whatever had started is stopped again.</exception>
    public static Task<Node> StartAsync(UpSettings settings, TimeProvider time, CancellationToken cancellationToken) =>
        StartAsync(settings, ControlSettings.Read(new Dictionary<string, string?>(), listener: null), time, cancellationToken);

    /// <inheritdoc cref="StartAsync(UpSettings, TimeProvider, CancellationToken)"/>
    public static async Task<Node> StartAsync(UpSettings settings, ControlSettings fleet, TimeProvider time, CancellationToken cancellationToken)
    {
        var roles = new RoleStack(DataDirectory.Open(settings.Data), NodeLogging.Create());
        return await roles.GuardAsync(async () =>
        {
            var node = new Node(settings, roles);
            PortCheck.Run([("--api", settings.Api), ("--buckets", settings.Buckets), ("--http", settings.Http), ("--https", settings.Https), ("--dns", settings.Dns.Endpoint), .. fleet.Listeners], [("--dns", settings.Dns.Endpoint)]);
            await node.StartRolesAsync(fleet, time, cancellationToken);
            return node;
        });
    }

    public ValueTask DisposeAsync() => _roles.DisposeAsync();

    private async Task StartRolesAsync(ControlSettings fleet, TimeProvider time, CancellationToken cancellationToken)
    {
        var store = await SharedStore.OpenAsync(_roles, Settings, time, cancellationToken);
        var originAccess = await SharedStore.AgreeOriginAccessAsync(_roles, store, cancellationToken);
        var secretsKey = KeyFile.Open(Settings.KeyFile);
        var edgeToken = Convert.ToHexStringLower(Data.Secret("edge-token"));
        ControlServer? control = null; // until it runs, buckets know the keys given at the start
        Buckets = await _roles.StartAsync("bucket server", "--buckets", () => BucketServer.StartAsync(
            RoleOptions.Buckets(Settings, Data, AccessKeys, id => control?.FindAccessKey(id), originAccess), time, _roles.Loggers, cancellationToken));

        var s3 = Settings.S3Endpoint ?? new Uri($"http://{Buckets.Endpoint}");
        Control = control = await _roles.StartAsync("CloudFront API", "--api, --fleet and --key-file", () => ControlServer.StartAsync(
            RoleOptions.Control(Settings, fleet, AccessKeys, secretsKey, originAccess) with
            {
                EdgeToken = edgeToken,
                EdgesKnowPlaces = !Settings.GeoDatabases.IsEmpty,
                FindPlace = address => Edge?.PlaceOf(address), // the edge comes up later
                S3Endpoint = s3,
            }, store, time, _roles.Loggers, cancellationToken));

        Edge = await _roles.StartAsync("edge", "--http or --https", () => EdgeServer.StartAsync(
            RoleOptions.Edge(Settings, Data, new Uri($"http://{Control.Endpoint}")) with
            {
                EdgeToken = edgeToken,
                S3Endpoint = s3,
                BucketServers = [Buckets.Endpoint],
                Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = MachineSettings.ProgramVersion },
            }, time, _roles.Loggers, cancellationToken));

        var health = await _roles.StartAsync("health checks", "--dns", () => Task.FromResult(DnsRole.Prober(Settings.AllowPrivateOrigins, [Control.Endpoint, Buckets.Endpoint], time)));
        var routing = await _roles.StartAsync("routing", "--data", () => Task.FromResult(FleetRouting.Open(
            new FleetRoutingOptions
            {
                Directory = Settings.Dns.Directory,
                Beside = LocalFleet.Of(Edge),
                Websites = Settings.Dns.WebsiteAddresses is { IsEmpty: false } said ? said : [.. LocalFleet.Reachable(Buckets.Endpoint.Address).Take(DnsSettings.MostWebsites)],
                Measured = Settings.Dns.Measured,
            }, Edge.PlaceOf, time, _roles.Loggers)));
        Dns = await _roles.StartAsync("DNS server", "--dns and --dns-sign", () => DnsServer.StartAsync(
            DnsRole.Options(Settings, LocalFleet.Reachable(Settings.Dns.Endpoint.Address), new Uri($"http://{Control.Endpoint}"), edgeToken, "dns-local"),
            routing, new ClientPlaces(Edge.PlaceOf), health, health, time, _roles.Loggers));
        try
        {
            // An edge that has lost its certificates asks for all of them first, and they may be ten thousand.
            var logger = _roles.Loggers.CreateLogger<Node>();
            await Patience.WaitAsync(
                Task.WhenAll(Edge.Connected, Dns.Connected), () => Edge.CertificatesHeld, held => Log.Fetching(logger, held), ConnectTimeout, time, cancellationToken);
        }
        catch (TimeoutException error)
        {
            throw new StartException($"Edge or DNS do not reach the control plane at {Control.Endpoint} (see --api).", error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5010, LogLevel.Information, "The edge fetches the certificates that the configuration names; it has {Held} by now.", EventName = "FetchingCertificates")]
        public static partial void Fetching(ILogger logger, int held);
    }
}
