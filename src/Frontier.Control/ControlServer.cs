// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Api;
using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Invalidations;
using Frontier.Control.Api.Policies;
using Frontier.Control.Api.Resources;
using Frontier.Control.Api.Tags;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Feed;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frontier.Control;

/// <summary>The control plane: CloudFront's API for people and programs, the feed for edges, on one listener.</summary>
public sealed partial class ControlServer : IAsyncDisposable
{
    private const string HealthPath = "/frontier/v1/health";

    /// <summary>Each edge holds one connection; this leaves room for as many callers. Also what bounds every queue behind.</summary>
    private const int MostConnections = 4_096;

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private readonly Publisher _publisher;

    private ControlServer(WebApplication application, Publisher publisher, IPEndPoint endpoint) =>
        (_application, _publisher, Endpoint) = (application, publisher, endpoint);

    /// <summary>Where it listens, with the port that was taken.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Reads where the store stands, then listens. The store stays the caller's to close, after the server.</summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message names every fault.</exception>
    public static async Task<ControlServer> StartAsync(ControlOptions options, IControlStore store, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        var feed = await LoadFeedAsync(store, cancellationToken);
        var edges = new EdgeRegistry(store, feed, options.EdgeSilence, timeProvider);
        await edges.LoadAsync(cancellationToken);

        var loader = new CatalogueLoader(store);
        var publisher = new Publisher(store, loader, new SnapshotCompiler(options), feed, options, timeProvider);
        var distributions = new DistributionOperations(store, loader, publisher, edges, options);
        var router = new Router(OperationTable.Build(
            distributions,
            new PolicyOperations<CachePolicySettings>(PolicyKinds.Cache, store, loader, publisher, options),
            new PolicyOperations<OriginRequestPolicySettings>(PolicyKinds.OriginRequest, store, loader, publisher, options),
            new PolicyOperations<ResponseHeadersPolicySettings>(PolicyKinds.ResponseHeaders, store, loader, publisher, options),
            new InvalidationOperations(store, loader, feed, edges, options, timeProvider),
            new TagOperations(store, options),
            VersionedTable.Build(distributions, store, loader, publisher, options)));
        var application = Build(options, loggerFactory);
        var api = new ApiEndpoint(router, new RequestAuthenticator(options.AccessKeys, timeProvider), loggerFactory.CreateLogger<ApiEndpoint>());
        var feedEndpoint = new FeedEndpoint(store, feed, edges, options, timeProvider, loggerFactory.CreateLogger<FeedEndpoint>(), application.Lifetime.ApplicationStopping);

        application.Run(context => context.Request.Path.Value switch
        {
            FeedEndpoint.Path => feedEndpoint.HandleAsync(context),
            HealthPath => context.Response.WriteAsync("ok", context.RequestAborted),
            _ => api.HandleAsync(context),
        });
        await application.StartAsync(cancellationToken);

        var address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        var endpoint = new IPEndPoint(options.Endpoint.Address, new Uri(address).Port);
        Log.Listening(loggerFactory.CreateLogger<ControlServer>(), endpoint);
        return new ControlServer(application, publisher, endpoint);
    }

    /// <summary>Long polls are answered at once, calls in progress have a few seconds, then connections are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(StopGrace);
        await _application.StopAsync(grace.Token);
        await _application.DisposeAsync();
        _publisher.Dispose();
    }

    private static async Task<FeedState> LoadFeedAsync(IControlStore store, CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken);
        var stored = await store.FindSnapshotAsync(head.SnapshotVersion, cancellationToken);
        var snapshot = stored is null ? null : JsonSerializer.Deserialize(stored.Json, ContractsJson.Default.ConfigSnapshot);
        return new FeedState(snapshot, head.LogEnd, head.OldestKept);
    }

    private static WebApplication Build(ControlOptions options, ILoggerFactory loggerFactory)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;

            // Bodies have bounds of their own, answered with an error of the API instead of a bare status.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(options.Endpoint, static listener => listener.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    /// <summary>Starts and stops with its owner: signals to the process are the program's business.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Information, "The control plane listens on {Endpoint}.", EventName = "ControlListening")]
        public static partial void Listening(ILogger logger, IPEndPoint endpoint);
    }
}
