// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using System.Xml.Linq;
using Frontier.Protocols.SigV4;
using Frontier.Testing;

namespace Frontier.Buckets.Tests;

/// <summary>A bucket server of a test's own on a free port, and a client that signs as whoever is asked for.</summary>
public sealed class BucketHost : IAsyncDisposable
{
    public static readonly AccessKey OwnerKey = new("AKFRONTIEROWNER", "owner-secret");
    public static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(static i => (byte)i)];

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8, ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8 });
    private BucketServer _server = null!;
    private AccessKey[] _further = [];

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>Must be empty in the end.</summary>
    public ErrorLog Errors { get; } = new();

    public string Directory => _directory["buckets"];

    public IPEndPoint Endpoint => _server.Endpoint;

    public static Task<BucketHost> StartAsync(params string[] buckets) => StartAsync([], buckets);

    /// <param name="further">Keys beside <see cref="OwnerKey"/> that are looked up with each request.</param>
    public static async Task<BucketHost> StartAsync(AccessKey[] further, params string[] buckets)
    {
        var host = new BucketHost { _further = further };
        await host.OpenAsync();
        foreach (var bucket in buckets)
        {
            (await host.SendAsync("PUT", $"/{bucket}")).Expect(200);
        }

        return host;
    }

    public static BucketOptions Options(string directory, IPEndPoint? endpoint = null) => new()
    {
        Directory = directory,
        Endpoint = endpoint ?? new IPEndPoint(IPAddress.Loopback, 0),
        Domain = "frontier.localhost",
        AccessKeys = [OwnerKey],
        OriginAccessSecret = Secret,
        AccountId = "123456789012",
    };

    public async Task RestartAsync()
    {
        await _server.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>Stops and starts again on another directory, as after a crash whose leavings it is.</summary>
    public async Task RestartOnAsync(string directory)
    {
        await _server.DisposeAsync();
        _server = await BucketServer.StartAsync(Options(directory), Clock, Errors, default);
    }

    /// <summary>Signs as the owner unless another key is given.</summary>
    public Task<Answer> SendAsync(string method, string target, byte[]? body = null, string? host = null, AccessKey? key = null, string? payload = null, params (string Name, string Value)[] headers) =>
        SendUnsignedAsync(method, target, body, host, Sign(method, target, body, host, key ?? OwnerKey, payload, headers));

    public Task<Answer> PutAsync(string target, string text, params (string Name, string Value)[] headers) => SendAsync("PUT", target, Encoding.UTF8.GetBytes(text), headers: headers);

    public async Task<Answer> SendUnsignedAsync(string method, string target, byte[]? body = null, string? host = null, params (string Name, string Value)[] headers)
    {
        var uri = new Uri($"http://{Endpoint}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), uri);
        request.Headers.Host = host ?? Endpoint.ToString();
        request.Content = body is null && method is not ("PUT" or "POST") ? null : new ByteArrayContent(body ?? []);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _client.SendAsync(request);
        var fields = response.Headers.Concat(response.Content.Headers).ToDictionary(static field => field.Key, static field => string.Join(", ", field.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, fields, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>The given headers and those that sign them.</summary>
    public (string Name, string Value)[] Sign(string method, string target, byte[]? body, string? host, AccessKey key, string? payload, params (string Name, string Value)[] headers)
    {
        var parts = target.Split('?', 2);
        List<KeyValuePair<string, string>> all = [new("Host", host ?? Endpoint.ToString()), .. headers.Select(static header => new KeyValuePair<string, string>(header.Name, header.Value))];
        var hash = payload ?? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body ?? []));
        string[] also = [.. headers.Select(static header => header.Name.ToLowerInvariant()).Where(static name => name.StartsWith("x-amz-", StringComparison.Ordinal) && name is not ("x-amz-date" or "x-amz-content-sha256")).Distinct()];
        var added = RequestSigner.Sign(new SignableRequest(method, parts[0], parts.Length > 1 ? parts[1] : "", all), key, "us-east-1", "s3", hash, Clock.GetUtcNow(), also);
        return [.. headers, .. added.Select(static header => (header.Key, header.Value))];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _directory.Dispose();
        Errors.AssertEmpty();
    }

    private async Task OpenAsync() => _server = await BucketServer.StartAsync(Options(Directory) with { FindAccessKey = id => _further.FirstOrDefault(key => key.Id == id) }, Clock, Errors, default);
}

/// <summary>One response, read whole.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public XElement Xml => XDocument.Parse(Text).Root!;

    public string? this[string header] => Headers.GetValueOrDefault(header);

    public Answer Expect(int status, string? code = null)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        if (code is not null)
        {
            Assert.Equal(code, Xml.Element("Code")?.Value);
        }

        return this;
    }

    /// <summary>The texts of all elements of this local name, in order.</summary>
    public string[] All(string element) => [.. Xml.Descendants().Where(found => found.Name.LocalName == element).Select(static found => found.Value)];

    public string One(string element) => Assert.Single(All(element));
}
