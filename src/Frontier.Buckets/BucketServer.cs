// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Text;
using Frontier.Buckets.Api;
using Frontier.Buckets.Objects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frontier.Buckets;

/// <summary>A running S3-compatible bucket server (<c>neighbours.md</c> §1). It stops, with what it has begun finished or refused, when disposed.</summary>
public sealed class BucketServer : IAsyncDisposable
{
    /// <summary>A key of 1,024 bytes is thrice as long encoded, and a presigned query stands beside it.</summary>
    private const int MaxRequestLineBytes = 16 * 1024;

    /// <summary>How long a stop waits for requests under way.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private readonly BucketStore _store;

    private BucketServer(WebApplication application, BucketStore store, IPEndPoint endpoint)
    {
        _application = application;
        _store = store;
        Endpoint = endpoint;
    }

    /// <summary>Where it listens, with the port it was given.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Opens the directory, recovers what a crash left, and listens.</summary>
    /// <exception cref="IOException">The port is taken, or the directory cannot be written or is another process's; the message says which.</exception>
    /// <exception cref="InvalidDataException">A bucket's journal is damaged; the message names it.</exception>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public static async Task<BucketServer> StartAsync(BucketOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.OriginAccessSecret.Length < 32)
        {
            throw new ArgumentException($"OriginAccessSecret has {options.OriginAccessSecret.Length} bytes; it needs at least 32.", nameof(options));
        }

        var store = await BucketStore.OpenAsync(Path.GetFullPath(options.Directory), loggers.CreateLogger<BucketStore>());
        WebApplication? application = null;
        try
        {
            var handler = new S3Handler(store, options, clock, loggers.CreateLogger<S3Handler>());
            application = Build(options, loggers);
            application.Run(handler.HandleAsync);
            await application.StartAsync(cancellationToken);
            return new BucketServer(application, store, new IPEndPoint(options.Endpoint.Address, BoundPort(application)));
        }
        catch (Exception error)
        {
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            await store.DisposeAsync();
            if (error is SocketException or IOException)
            {
                throw new IOException($"The bucket server cannot listen on {options.Endpoint}: {(error.InnerException ?? error).Message}", error);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static WebApplication Build(BucketOptions options, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = StopGrace);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;

            // Signatures cover header bytes as UTF-8, and what metadata came in goes out again.
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.UTF8;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;
            kestrel.Listen(options.Endpoint, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static int BoundPort(WebApplication application) => new Uri(
        application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;

    /// <summary>Starts and stops with its owner: signals to the process are the program's business.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
