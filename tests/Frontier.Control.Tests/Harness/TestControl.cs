// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Rollout;
using Frontier.Control.Sqlite;
using Frontier.Control.Store;
using Frontier.Protocols.SigV4;
using Frontier.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Control.Tests.Harness;

/// <summary>A control plane on real sockets with a real store, a clock that stands still, and a client that signs.</summary>
internal sealed class TestControl : IAsyncDisposable
{
    public const string EdgeToken = "edge-token-of-tests";
    public static readonly AccessKey Key = new("AKIDTESTS", "a secret of tests");

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private SqliteControlStore? _store;
    private ControlServer? _server;

    public ManualTimeProvider Clock { get; } = new();

    public ControlOptions Options { get; private init; } = DefaultOptions;

    public IControlStore Store => _store!;

    public Uri Address => new($"http://{_server!.Endpoint}");

    /// <summary>Where machines are listened to; a test asks for it with <see cref="WithFleet"/>.</summary>
    public Uri FleetAddress => new($"https://{_server!.FleetEndpoint}");

    public static ControlOptions WithFleet(ControlOptions options) => options with { Fleet = new IPEndPoint(IPAddress.Loopback, 0) };

    public static ControlOptions DefaultOptions { get; } = new()
    {
        Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
        AccessKeys = [Key],
        SecretsKey = [.. Enumerable.Range(100, 32).Select(value => (byte)value)],
        OriginAccessSecret = [.. Enumerable.Range(0, 32).Select(value => (byte)value)],
        EdgeToken = EdgeToken,
        EdgesCertifyAliases = true, // as `frontier up` has it; tests of certificates turn it off
    };

    /// <summary>What the server has in the place of the store itself.</summary>
    private Func<IControlStore, IControlStore> Wraps { get; init; } = static store => store;

    private ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public static async Task<TestControl> StartAsync(Func<ControlOptions, ControlOptions>? change = null, Func<IControlStore, IControlStore>? wraps = null, ILoggerFactory? loggers = null)
    {
        var control = new TestControl
        {
            Options = change?.Invoke(DefaultOptions) ?? DefaultOptions,
            Wraps = wraps ?? (static store => store),
            Loggers = loggers ?? NullLoggerFactory.Instance,
        };
        await control.OpenAsync();
        return control;
    }

    /// <summary>Closes everything and opens it again on the same files.</summary>
    public async Task RestartAsync(Func<ControlOptions, ControlOptions>? change = null)
    {
        await CloseAsync();
        await OpenAsync(change?.Invoke(Options));
    }

    /// <summary>A signed call; <paramref name="target"/> is below the API version.</summary>
    public Task<Answer> CallAsync(string method, string target, XElement? body = null, string? ifMatch = null) =>
        CallAsync(method, target, body is null ? [] : Encoding.UTF8.GetBytes(body.ToString()), ifMatch);

    public async Task<Answer> CallAsync(string method, string target, byte[] body, string? ifMatch = null, AccessKey? key = null) =>
        await SendAsync(Sign(NewRequest(method, "/2020-05-31/" + target, body, ifMatch), body, key));

    public HttpRequestMessage NewRequest(string method, string pathAndQuery, byte[] body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, pathAndQuery));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/xml");
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return request;
    }

    public HttpRequestMessage Sign(HttpRequestMessage request, byte[] body, AccessKey? key = null, string service = "cloudfront", TimeSpan clockOff = default)
    {
        var signable = new SignableRequest(request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query.TrimStart('?'), [new("host", request.RequestUri.Authority), .. AmazonHeaders(request)]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        foreach (var (name, value) in RequestSigner.Sign(signable, key ?? Key, "us-east-1", service, hash, Clock.GetUtcNow() + clockOff, [.. AmazonHeaders(request).Select(static header => header.Key)]))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>Those that every signature must cover.</summary>
    private static IEnumerable<KeyValuePair<string, string>> AmazonHeaders(HttpRequestMessage request) =>
        request.Headers.Where(static header => header.Key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)).Select(static header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value.Single()));

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _client.SendAsync(request);
            return new Answer(response, await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>What an edge says, and what it is answered.</summary>
    public async Task<FeedAnswer> ReportAsync(string edge, long version, long position, SnapshotRefusal? refused = null)
    {
        using var response = await PostReportAsync(new EdgeReport { EdgeId = edge, Pop = "TST50", SnapshotVersion = version, InvalidationPosition = position, Refused = refused });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.FeedAnswer))!;
    }

    /// <summary>An edge that has nothing says so, and does not wait.</summary>
    public async Task ReportAtOnceAsync(string edge)
    {
        using var response = await PostReportAsync(new EdgeReport { EdgeId = edge, Pop = "TST50", SnapshotVersion = 0, InvalidationPosition = 0, AtOnce = true });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public async Task<HttpResponseMessage> PostReportAsync(EdgeReport report, string token = EdgeToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/frontier/v1/feed"));
        request.Headers.Authorization = new("Bearer", token);
        request.Content = JsonContent.Create(report, ContractsJson.Default.EdgeReport);
        return await _client.SendAsync(request);
    }

    /// <summary>A second passes, and whoever looks after the rollout has looked since.</summary>
    public async Task PassSecondAsync()
    {
        var looks = _server!.RolloutLooks;
        Clock.Advance(TimeSpan.FromSeconds(1));
        if (Options.Rollout.Mode is RolloutMode.Waves)
        {
            await Eventually.IsTrueAsync(() =>
            {
                Clock.Advance(TimeSpan.FromMilliseconds(20));
                return _server.RolloutLooks > looks;
            });
        }
    }

    /// <summary>Every version of the configuration as it lies in the store, oldest first.</summary>
    public async Task<List<SnapshotRow>> StoredSnapshotsAsync()
    {
        var rows = new List<SnapshotRow>();
        for (var version = 1L; await _store!.FindSnapshotAsync(version, CancellationToken.None) is { } row; version++)
        {
            rows.Add(row);
        }

        return rows;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(Address, path));

    /// <summary>An edge that lacks nothing says so. The clock moves on until its long poll ends; the edge then counts as in service for a while.</summary>
    public async Task AcknowledgeAsync(string edge, long version, long position)
    {
        var poll = ReportAsync(edge, version, position);
        await Eventually.IsTrueAsync(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(poll.IsCompleted);
        });
        await poll;
    }

    /// <summary>Whether the store has a resource, seen or not by the API.</summary>
    public async Task<bool> HasResourceAsync(ResourceKind kind, string id) => await _store!.FindResourceAsync(kind, id, CancellationToken.None) is not null;

    /// <summary>Puts a distribution there that the API refuses as long as no edge honours all of its settings.</summary>
    public async Task PlantDistributionAsync(string id, params (string Path, string? Xml)[] changes)
    {
        var head = await _store!.ReadHeadAsync(CancellationToken.None);
        var row = new ResourceRow
        {
            Kind = ResourceKind.Distribution,
            Id = id,
            CallerReference = id,
            DomainName = $"{id}.{Options.Domain}",
            ETag = "E1",
            Body = Documents.Distribution(id, changes).ToString(),
            ModifiedAt = Clock.GetUtcNow(),
        };
        var change = new ResourceChange { Verb = ChangeVerb.Create, Row = row, BaseVersion = head.SnapshotVersion };
        Assert.Equal(ChangeOutcome.Applied, await _store.ChangeResourceAsync(change, CancellationToken.None));
    }

    /// <summary>Everything that lies in the store's files, read as text.</summary>
    public async Task<string> FileTextAsync()
    {
        var text = new StringBuilder();
        foreach (var path in Directory.GetFiles(_directory.Path).Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _client.Dispose();
        _directory.Dispose();
    }

    private async Task OpenAsync(ControlOptions? options = null)
    {
        _store = await SqliteControlStore.OpenAsync(_directory["control.db"], Clock, CancellationToken.None);
        _server = await ControlServer.StartAsync(options ?? Options, Wraps(_store), Clock, Loggers, CancellationToken.None);
    }

    private async Task CloseAsync()
    {
        await (_server?.DisposeAsync() ?? default);
        _server = null;
        await _store!.DisposeAsync();
    }
}
