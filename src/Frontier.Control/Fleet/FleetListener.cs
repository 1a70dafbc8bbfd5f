// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Frontier.Contracts.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Fleet;

/// <summary>
/// Where machines of the fleet are listened to: TLS 1.3, our certificate from the fleet's authority, and a certificate of the same from
/// whoever has one. A handshake with any other certificate fails; without one there is nothing to be had but the fleet's authority and to join.
/// </summary>
internal sealed partial class FleetListener : IAsyncDisposable
{
    /// <summary>Each machine holds one connection or two.</summary>
    private const int MostConnections = 32_768;

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;

    private FleetListener(WebApplication application, IPEndPoint endpoint) => (_application, Endpoint) = (application, endpoint);

    /// <summary>With the port that was taken.</summary>
    public IPEndPoint Endpoint { get; }

    /// <param name="routes">By path. Whoever adds one asks <see cref="FleetGate"/> first who calls.</param>
    public static async Task<FleetListener> StartAsync(
        IPEndPoint endpoint, FleetAuthority authority, FleetName name, FrozenDictionary<string, RequestDelegate> routes, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var shown = new OwnCertificate(authority, name, time);
        var builder = ControlHost.CreateBuilder(loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = null; // bodies have bounds of their own
            kestrel.Listen(endpoint, listener =>
            {
                listener.Protocols = HttpProtocols.Http1;
                listener.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(Tls(shown, authority.Trust, time)) });
            });
        });
        var application = builder.Build();
        application.Run(context =>
        {
            if (routes.TryGetValue(context.Request.Path.Value ?? "", out var route))
            {
                return route(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var taken = ControlHost.EndpointOf(application, endpoint.Address);
        Log.Listening(loggers.CreateLogger<FleetListener>(), taken, authority.Fingerprint);
        return new FleetListener(application, taken);
    }

    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(StopGrace);
        await _application.StopAsync(grace.Token);
        await _application.DisposeAsync();
    }

    private static SslServerAuthenticationOptions Tls(OwnCertificate shown, FleetTrust trust, TimeProvider time) => new()
    {
        ServerCertificateContext = shown.Read(),
        EnabledSslProtocols = SslProtocols.Tls13,
        ClientCertificateRequired = true, // asked for; whether one may do without, the callback says
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is null || trust.Read(certificate, time.GetUtcNow()) is not null,
    };

    /// <summary>Ours, made anew when two thirds of its life are over. Thread-safe.</summary>
    private sealed class OwnCertificate(FleetAuthority authority, FleetName name, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private SslStreamCertificateContext? _context;
        private DateTimeOffset _renewAt;

        public SslStreamCertificateContext Read()
        {
            lock (_gate)
            {
                var now = time.GetUtcNow();
                if (_context is null || now >= _renewAt)
                {
                    _context = SslStreamCertificateContext.Create(authority.Issue(name).Certificate, additionalCertificates: null, offline: true);
                    _renewAt = now + (FleetAuthority.Lifetime * 2 / 3);
                }

                return _context;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3205, LogLevel.Information, "Machines of the fleet are listened to on {Endpoint}; its authority has the fingerprint {Fingerprint}.", EventName = "FleetListening")]
        public static partial void Listening(ILogger logger, IPEndPoint endpoint, string fingerprint);
    }
}
