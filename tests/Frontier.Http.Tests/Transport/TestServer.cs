// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Frontier.Http.Limits;
using Frontier.Http.Tls;
using Frontier.Testing;

namespace Frontier.Http.Tests.Transport;

/// <summary>A server on loopback, its clock in the test's hands. Faults that no test has taken fail it at the end.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Name = "viewers.example";

    private static readonly TestAuthority Authority = new();
    private static readonly SslStreamCertificateContext Certificate = SslStreamCertificateContext.Create(Authority.Issue(Name), null, offline: true);

    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly HttpServer _server;

    private TestServer(Func<HttpExchange, ValueTask> answer, HttpServerLimits limits, bool wantsFingerprints, bool isBalanced, ViewerLimits viewers)
    {
        Handler = new ScriptedHandler(answer);
        var options = new HttpServerOptions
        {
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Https = new IPEndPoint(IPAddress.Loopback, 0),
            SelectTls = Select,
            OnHandshake = Handshakes.Enqueue,
            WantsFingerprints = () => wantsFingerprints,
            OnFault = _faults.Enqueue,
            Limits = limits,
            Viewers = viewers,
            OnRefused = (limit, viewer) => Refused.Enqueue((limit, viewer)),
            Balancers = isBalanced ? [new IPNetwork(IPAddress.Loopback, 32)] : [],
        };
        _server = HttpServer.Start(options, Handler, Clock);
        (Http, Https) = (_server.Http, _server.Https);
    }

    /// <summary>Whom the server has turned away, and for which limit.</summary>
    public ConcurrentQueue<(ViewerLimit Limit, IPAddress Viewer)> Refused { get; } = new();

    public static X509Certificate2 Root => Authority.Root;

    public ManualTimeProvider Clock { get; } = new();

    public ScriptedHandler Handler { get; }

    public IPEndPoint Http { get; }

    public IPEndPoint Https { get; }

    public int Connections => _server.ConnectionCount;

    /// <summary>Called with the server's name that a viewer asked for; throws what a test wants thrown.</summary>
    public Action<string>? OnSelect { get; set; }

    /// <summary>Whether what was agreed on is admitted.</summary>
    public Func<SslProtocols, TlsCipherSuite, bool> Admits { get; set; } = static (_, _) => true;

    /// <summary>How handshakes ended.</summary>
    public ConcurrentQueue<TlsHandshake> Handshakes { get; } = new();

    /// <param name="isBalanced">Whether viewers' connections come by a load balancer.</param>
    public static TestServer Start(Func<HttpExchange, ValueTask> answer, HttpServerLimits? limits = null, bool wantsFingerprints = false, bool isBalanced = false, ViewerLimits? viewers = null) =>
        new(answer, limits ?? new HttpServerLimits(), wantsFingerprints, isBalanced, viewers ?? new ViewerLimits());

    /// <summary>The one fault there has been.</summary>
    public async Task<Exception> TakeFaultAsync()
    {
        Exception? fault = null;
        await Eventually.IsTrueAsync(() => _faults.TryDequeue(out fault));
        return fault!;
    }

    public Task HasNoConnectionsAsync() => Eventually.IsTrueAsync(() => Connections == 0);

    /// <summary>Lets seconds go by until the task is done, and says how many it took at least.</summary>
    public async Task<TimeSpan> PassUntilAsync(Task task)
    {
        var before = Clock.GetUtcNow();
        await Eventually.IsTrueAsync(() =>
        {
            if (!task.IsCompleted)
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
            }

            return task.IsCompleted;
        });
        await task;
        return Clock.GetUtcNow() - before;
    }

    public async ValueTask StopAsync() => await _server.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Assert.Equal(0, Connections);
        Assert.Empty(_faults);
    }

    private TlsSelection Select(string name, ClientHello? hello)
    {
        OnSelect?.Invoke(name);
        return new TlsSelection(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Certificate,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        })
        {
            Admits = Admits,
        };
    }
}
