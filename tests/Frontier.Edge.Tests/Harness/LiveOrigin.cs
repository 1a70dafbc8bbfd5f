// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Frontier.Edge.Tests.Harness;

/// <summary>An origin that is a real server, for what a script cannot say: WebSockets, HTTP/2, trailers. A handler answers every request.</summary>
internal sealed class LiveOrigin : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LiveOrigin(WebApplication application) => _application = application;

    public int Port { get; private set; }

    /// <param name="certificate">Null for plain HTTP/1.1; with one, HTTP/1.1 and HTTP/2 over TLS.</param>
    public static async Task<LiveOrigin> StartAsync(RequestDelegate handler, X509Certificate2? certificate = null, HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = certificate is null ? HttpProtocols.Http1 : protocols;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var application = builder.Build();
        application.UseWebSockets();
        application.Run(handler);
        await application.StartAsync();
        return new LiveOrigin(application) { Port = new Uri(application.Urls.First()).Port };
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
