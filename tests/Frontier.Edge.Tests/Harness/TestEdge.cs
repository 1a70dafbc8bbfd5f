// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Frontier.Contracts;
using Frontier.Edge.Tests.Oracle;
using Frontier.Http;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Harness;

/// <summary>
/// A whole edge over real sockets: scripted origin behind it, scripted control plane beside it, a clock that the test moves.
/// One distribution, <see cref="Host"/>, sends everything to the origin.
/// </summary>
internal sealed class TestEdge : IAsyncDisposable
{
    public const string Id = "E1A2B3C4D5E6F7";
    public const string Host = "d111111abcdef8.frontier.localhost";
    public const string CachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    public const string CachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

    /// <summary>Every test can be run on Kestrel, too: <c>FRONTIER_TEST_SERVER=kestrel</c>.</summary>
    private static readonly bool UsesKestrel = Environment.GetEnvironmentVariable("FRONTIER_TEST_SERVER") == "kestrel";

    private readonly TemporaryDirectory _directory = new();
    private long _version;
    private bool _onKestrel;

    private TestEdge(ScriptedControl control)
    {
        Control = control;
    }

    public ScriptedOrigin Origin { get; } = ScriptedOrigin.Start();

    /// <summary>Stands behind S3's host names; custom origins never reach it.</summary>
    public ScriptedOrigin Store { get; } = ScriptedOrigin.Start();

    public ScriptedControl Control { get; private set; }

    public ManualTimeProvider Clock { get; } = new();

    public EdgeServer Server { get; private set; } = null!;

    /// <summary>Does not follow redirects.</summary>
    public HttpClient Viewer { get; private set; } = null!;

    /// <summary>What the edge has put on record.</summary>
    public RecordedRequests Records { get; } = new();

    /// <summary>Must be empty in the end, but for the snapshots a test has refused on purpose.</summary>
    public ErrorLog Errors { get; } = new();

    /// <summary>Every signer is a key group of its own, by the signer's id.</summary>
    public ImmutableArray<TestSigner> Signers { get; set; } = [];

    /// <summary>What else a snapshot holds, beside distributions and usual policies.</summary>
    public Func<ConfigSnapshot, ConfigSnapshot> Completes { get; set; } = static snapshot => snapshot;

    /// <summary>Those that the snapshots name from the next one on; the control plane gives what they stand for.</summary>
    public ImmutableArray<CertificateConfig> Certificates { get; set; } = [];

    public string Directory => _directory.Path;

    /// <summary>What the server hands viewers' requests to.</summary>
    public IExchangeHandler Handler { get; private set; } = null!;

    public static async Task<TestEdge> StartAsync(
        Func<DistributionConfig, DistributionConfig>? change = null, Func<EdgeOptions, EdgeOptions>? options = null, bool? onKestrel = null)
    {
        var edge = new TestEdge(await ScriptedControl.StartAsync()) { _onKestrel = onKestrel ?? UsesKestrel };
        edge.Configure(change);
        await edge.RestartAsync(options);
        edge.Viewer = edge.NewViewer();
        await edge.DeployedAsync();
        return edge;
    }

    /// <summary>Publishes the usual distribution, changed, as the next version.</summary>
    public void Configure(Func<DistributionConfig, DistributionConfig>? change = null) => Publish(change is null ? Distribution() : change(Distribution()));

    public void Publish(params ImmutableArray<DistributionConfig> distributions) => Control.Publish(Completes(new ConfigSnapshot
    {
        Version = ++_version,
        CreatedAt = Clock.GetUtcNow(),
        Distributions = distributions,
        CachePolicies = TestPolicies.Cache,
        OriginRequestPolicies = TestPolicies.OriginRequest,
        ResponseHeadersPolicies = TestPolicies.ResponseHeaders,
        PublicKeys = [.. Signers.Select(static signer => new PublicKeyConfig { Id = signer.Id, SubjectPublicKeyInfo = signer.PublicKey })],
        Certificates = Certificates,
        KeyGroups = [.. Signers.Select(static signer => new KeyGroupConfig { Id = signer.Id, PublicKeyIds = [signer.Id] })],
    }));

    public Task DeployedAsync() => Control.WaitForReportAsync(report => report.SnapshotVersion == _version || report.Refused?.Version == _version);

    /// <summary>Stops the edge if it runs and starts it on the same directory.</summary>
    /// <param name="between">What happens to its directory while it is down.</param>
    public async Task RestartAsync(Func<EdgeOptions, EdgeOptions>? change = null, Action? between = null)
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        between?.Invoke();

        var options = new EdgeOptions
        {
            Directory = _directory.Path,
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Https = new IPEndPoint(IPAddress.Loopback, 0),
            Control = Control.Address,
            EdgeToken = ScriptedControl.Token,
            CacheMemoryBytes = 32 << 20,
            CacheDiskBytes = 512 << 20,
            AllowPrivateOrigins = true,
            S3Endpoint = new Uri($"http://{Store.EndPoint}"),
        };
        Server = await EdgeServer.StartAsync(change is null ? options : change(options), Clock, Errors, [Records], Listen, CancellationToken.None);
    }

    private Task<IHttpServer> Listen(HttpServerOptions options, IExchangeHandler handler, TimeProvider time)
    {
        Handler = handler;
        return _onKestrel ? KestrelServer.StartAsync(options, handler, time) : Task.FromResult<IHttpServer>(HttpServer.Start(options, handler, time));
    }

    public async Task StopControlAsync() => await Control.DisposeAsync();

    public async Task<ViewerAnswer> GetAsync(string target, params IReadOnlyList<(string Name, string Value)> headers) =>
        await SendAsync(HttpMethod.Get, target, null, headers);

    public async Task<ViewerAnswer> SendAsync(HttpMethod method, string target, HttpContent? body = null, params IReadOnlyList<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{Server.Http}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Host = Host;
        request.Content = body;
        foreach (var (name, value) in headers)
        {
            if (name == "Host")
            {
                request.Headers.Host = value;
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await Viewer.SendAsync(request);
        return await ViewerAnswer.ReadAsync(response);
    }

    /// <summary>A viewer of whom each byte counts.</summary>
    public Task<RawViewer> ConnectAsync() => RawViewer.ConnectAsync(Server.Http);

    /// <summary>The same on the port of TLS; the handshake is the viewer's business, too.</summary>
    public Task<RawViewer> ConnectTlsAsync() => RawViewer.ConnectAsync(Server.Https);

    /// <summary>Sends exactly these bytes on a connection of its own and reads until the edge closes it: ask it to, where the request is good.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Server.Http);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var read)
        {
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        Viewer.Dispose();
        await Server.DisposeAsync();
        await Control.DisposeAsync();
        await Origin.DisposeAsync();
        await Store.DisposeAsync();
        _directory.Dispose();
        Errors.AssertEmpty();
    }

    public DistributionConfig Distribution() => new()
    {
        Id = Id,
        Arn = $"arn:aws:cloudfront::000000000000:distribution/{Id}",
        DomainName = Host,
        Enabled = true,
        Origins = [OriginConfig()],
        DefaultBehavior = Behavior("*"),
    };

    public OriginConfig OriginConfig() => new()
    {
        Id = "origin",
        DomainName = "127.0.0.1",
        Protocol = OriginProtocol.HttpOnly,
        HttpPort = Origin.Port,
    };

    public static BehaviorConfig Behavior(string pattern) => new()
    {
        PathPattern = pattern,
        TargetOriginId = "origin",
        ViewerProtocol = ViewerProtocol.AllowAll,
        CachePolicyId = CachingOptimized,
    };

    /// <summary>Trusts the edge's own authority, as of the test's clock.</summary>
    private HttpClient NewViewer()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = Clock.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(Server.AuthorityPath) },
        };
        return new HttpClient(handler) { Timeout = ScriptedOrigin.Patience };
    }
}
