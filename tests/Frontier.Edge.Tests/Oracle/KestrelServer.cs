// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frontier.Edge.Tests.Oracle;

/// <summary>
/// Kestrel in the place of our own server: the oracle that its answers are compared with.
/// </summary>
internal sealed class KestrelServer : IHttpServer
{
    /// <summary>Viewers' connections, idle ones included; more are closed at once. Half of a usual limit of 32,768 descriptors, the rest is for origins and files.</summary>
    private const int MaxConnections = 16_384;

    /// <summary>
    /// Request line and, apart, headers: twice what a head may have (§5). The exact bounds are the exchange's, whose refusals
    /// have a page; what is beyond this the server refuses in its own words.
    /// </summary>
    private const int MaxReadBytes = 2 * KestrelExchange.MaxHeadBytes;

    private readonly WebApplication _application;

    /// <summary>It does not tell.</summary>
    public int ConnectionCount => 0;

    /// <summary>A line that ends in a bare line feed is two lines to some and one to others (RFC 9112, section 2.2). Kestrel has no option for it but this.</summary>
    static KestrelServer() => AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

    private KestrelServer(WebApplication application, IPEndPoint http, IPEndPoint https)
    {
        _application = application;
        Http = http;
        Https = https;
    }

    public IPEndPoint Http { get; }

    public IPEndPoint Https { get; }

    public static async Task<IHttpServer> StartAsync(HttpServerOptions options, IExchangeHandler handler, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            SetLimits(kestrel);
            kestrel.Listen(options.Http!, static listen =>
            {
                listen.Protocols = HttpProtocols.Http1; // DP-30.3: no cleartext HTTP/2
                ViewerConnection.Attach(listen);
            });
            kestrel.Listen(options.Https, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                ViewerConnection.Attach(listen);
                HelloTap.Attach(listen, options.WantsFingerprints, time);
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = context =>
                    {
                        var tls = options.SelectTls(context.ClientHelloInfo.ServerName ?? "", null).Options;
                        ViewerConnection.Of(context.Connection.Features).Judge = tls.RemoteCertificateValidationCallback?.Target;
                        return ValueTask.FromResult(tls);
                    },
                });
            });
        });
        var application = builder.Build();
        application.Run(context => HandleAsync(context, handler, time));
        try
        {
            await application.StartAsync(CancellationToken.None);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new KestrelServer(application, Bound(addresses, "http://", options.Http!), Bound(addresses, "https://", options.Https));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static void SetLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Header bytes are kept as they are: one byte, one character, both ways.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxReadBytes;
        kestrel.Limits.MaxRequestLineSize = MaxReadBytes;
        kestrel.Limits.MaxRequestBodySize = null; // bounded per request, with a logged answer (§5)
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 128; // nginx's default
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = MaxReadBytes; // no less than HTTP/1.1 may bring
    }

    private static async Task HandleAsync(HttpContext context, IExchangeHandler handler, TimeProvider time)
    {
        var exchange = new KestrelExchange(context, time);
        if (exchange.ReadHead() is not 0 and var refusal)
        {
            await handler.RefuseAsync(exchange, refusal);
            return;
        }

        await handler.HandleAsync(exchange);
        exchange.EndRead();
    }

    private static IPEndPoint Bound(ICollection<string> addresses, string scheme, IPEndPoint asked)
    {
        var port = addresses.Where(address => address.StartsWith(scheme, StringComparison.Ordinal)).Select(static address => new Uri(address).Port).First();
        return new IPEndPoint(asked.Address, port);
    }

    /// <summary>Starts and stops with its owner: signals to the process are the program's business.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
