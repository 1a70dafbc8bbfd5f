// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>A scripted origin, a client and the clock of both timeouts and pool.</summary>
internal sealed class OriginBench : IAsyncDisposable
{
    public OriginBench(OriginClientOptions? options = null, IOriginResolver? resolver = null, IOriginAddressPolicy? policy = null, ScriptedOrigin? origin = null)
    {
        Origin = origin ?? ScriptedOrigin.Start();
        Client = new OriginClient(options ?? new OriginClientOptions(), Clock, resolver, policy);
        Endpoint = new OriginEndpoint { Host = "127.0.0.1", Port = Origin.Port, Tls = false };
    }

    public WatchedClock Clock { get; } = new();

    public ScriptedOrigin Origin { get; }

    public OriginClient Client { get; }

    /// <summary>What requests go to; a test may change it before it asks.</summary>
    public OriginEndpoint Endpoint { get; set; }

    public static string Read(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public OriginRequest Request(string path, string method = "GET", IRequestBody? body = null)
    {
        var headers = new HeaderList();
        headers.Add("Host", "www.example.com");
        return new OriginRequest { Endpoint = Endpoint, Method = method, Target = Encoding.Latin1.GetBytes(path), Headers = headers, Body = body };
    }

    public Task<OriginResult> SendAsync(string path, string method = "GET", IRequestBody? body = null, CancellationToken cancellationToken = default) =>
        Client.SendAsync(Request(path, method, body), cancellationToken).AsTask().WaitAsync(ScriptedOrigin.Patience, cancellationToken);

    /// <summary>The failure of a request that gets no response.</summary>
    public async Task<OriginFailure> FailAsync(string path, string method = "GET", IRequestBody? body = null)
    {
        var result = await SendAsync(path, method, body);
        Assert.Null(result.Response);
        return result.Failure;
    }

    /// <summary>The body of a response that comes whole.</summary>
    public async Task<string> GetAsync(string path)
    {
        var result = await SendAsync(path);
        Assert.Equal(OriginFailure.None, result.Failure);
        await using var response = result.Response!;
        var (body, failure) = await ReadToEndAsync(response);
        Assert.Equal(OriginFailure.None, failure);
        return body;
    }

    public static async Task<(string Body, OriginFailure Failure)> ReadToEndAsync(OriginResponse response, int bufferBytes = 4096)
    {
        var body = new StringBuilder();
        var buffer = new byte[bufferBytes];
        while (true)
        {
            var read = await ReadAsync(response, buffer);
            body.Append(Encoding.Latin1.GetString(buffer, 0, read.Count));
            if (read.End || read.Failure is not OriginFailure.None)
            {
                return (body.ToString(), read.Failure);
            }
        }
    }

    public static Task<OriginRead> ReadAsync(OriginResponse response, Memory<byte> buffer) =>
        response.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(ScriptedOrigin.Patience);

    /// <summary>Lets this timeout, once something waits for it, run out.</summary>
    public Task ElapseAsync(double seconds) => Clock.ElapseAsync(TimeSpan.FromSeconds(seconds));

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Origin.DisposeAsync();
    }

    /// <summary>Names of a test's own.</summary>
    internal sealed class Names(params (string Name, IPAddress[] Addresses)[] known) : IOriginResolver
    {
        public int Lookups { get; private set; }

        public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            Lookups++;
            return new ValueTask<IReadOnlyList<IPAddress>>(known.Where(entry => entry.Name == host).SelectMany(entry => entry.Addresses).ToList());
        }
    }
}
