// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Http;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Harness;

/// <summary>One machine of a <see cref="TestFleet"/>, with a control plane of its own, so that a test says who has heard what.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private bool _isStopped;

    private TestNode(string id, string pop, NodeRole role, ScriptedControl control) => (Id, Pop, Role, Control) = (id, pop, role, control);

    public string Id { get; }

    public string Pop { get; }

    public NodeRole Role { get; }

    public ScriptedControl Control { get; }

    public EdgeServer Server { get; private set; } = null!;

    public string Directory => _directory.Path;

    public HttpClient Viewer { get; private set; } = null!;

    public RecordedRequests Records { get; } = new();

    public ErrorLog Errors { get; } = new();

    public NodeState State { get; set; }

    public int Load { get; set; }

    /// <summary>Where others are told to ask it; its own listener unless a test says otherwise.</summary>
    public string? Tier { get; set; }

    public NodeConfig Config => new()
    {
        Id = Id,
        Pop = Pop,
        State = State,
        Load = Load,
        Facts = new NodeFacts { Role = Role, ProgramVersion = "0.1.0", Tier = Tier },
    };

    public static async Task<TestNode> StartAsync(string id, string pop, NodeRole role, FleetIdentity identity, TimeProvider clock, Func<EdgeOptions, EdgeOptions>? change)
    {
        var node = new TestNode(id, pop, role, await ScriptedControl.StartAsync());
        var options = new EdgeOptions
        {
            Directory = node._directory.Path,
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Https = new IPEndPoint(IPAddress.Loopback, 0),
            Tier = new IPEndPoint(IPAddress.Loopback, 0),
            Identity = identity,
            Control = node.Control.Address,
            EdgeToken = ScriptedControl.Token,
            CacheMemoryBytes = 16 << 20,
            CacheDiskBytes = 256 << 20,
            AllowPrivateOrigins = true,
        };
        node.Server = await EdgeServer.StartAsync(
            change is null ? options : change(options), clock, node.Errors, [node.Records], static (options, handler, time) => Task.FromResult<IHttpServer>(HttpServer.Start(options, handler, time)),
            CancellationToken.None);
        node.Tier = node.Server.Tier!.ToString();
        node.Viewer = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = ScriptedOrigin.Patience };
        return node;
    }

    public Task<ViewerAnswer> GetAsync(string target, params IReadOnlyList<(string Name, string Value)> headers) => SendAsync(HttpMethod.Get, target, null, headers);

    public async Task<ViewerAnswer> SendAsync(HttpMethod method, string target, HttpContent? body = null, params IReadOnlyList<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{Server.Http}{target}"));
        request.Headers.Host = TestEdge.Host;
        request.Content = body;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Viewer.SendAsync(request);
        return await ViewerAnswer.ReadAsync(response);
    }

    /// <summary>Stops it without a word to anybody.</summary>
    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await Server.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Viewer.Dispose();
        await StopAsync();
        await Control.DisposeAsync();
        _directory.Dispose();
        Errors.AssertEmpty();
    }
}
