// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Frontier.Testing;
using Microsoft.AspNetCore.Http;

namespace Frontier.Edge.Tests.Origins;

/// <summary>The connections of gRPC calls: counted among all, dropped only when nobody uses them, and shared out like others (DP-30.2).</summary>
public sealed class GrpcConnectionsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task A_call_s_connection_counts_among_all_that_the_edge_may_have()
    {
        await using var bench = await StartAsync(static options => options.MaxConnections = 1);
        await using var plain = ScriptedOrigin.Start();
        plain.On("/a").Reply(200, "hello");
        var elsewhere = bench.Endpoint with { Host = "127.0.0.1", Port = plain.Port, Tls = false };
        var call = await bench.CallAsync(bench.Endpoint);
        Assert.Equal(1, bench.Client.OpenConnections);
        Assert.Equal(OriginFailure.NoCapacity, await bench.GetAsync(elsewhere));
        Assert.Equal(OriginFailure.NoCapacity, (await bench.TryCallAsync(bench.Other(31))).Failure);
        Assert.Equal(0, plain.ConnectionsAccepted);

        await bench.FinishAsync(call);
        await Eventually.IsTrueAsync(async () => await bench.GetAsync(elsewhere) is OriginFailure.None); // once idle for its keep-alive timeout
    }

    [Fact]
    public async Task An_idle_connection_of_another_kind_gives_way_to_a_call()
    {
        await using var bench = await StartAsync(static options => options.MaxConnections = 1);
        await using var plain = ScriptedOrigin.Start();
        plain.On("/a").Reply(200, "hello");
        Assert.Equal(OriginFailure.None, await bench.GetAsync(bench.Endpoint with { Host = "127.0.0.1", Port = plain.Port, Tls = false, KeepAliveTimeout = TimeSpan.FromMinutes(1) }));
        await bench.FinishAsync(await bench.CallAsync(bench.Endpoint));
    }

    [Fact]
    public async Task Only_an_endpoint_without_calls_gives_way_to_another()
    {
        await using var bench = await StartAsync(static options => options.MaxGrpcEndpoints = 2);
        var first = await bench.CallAsync(bench.Other(31));
        var second = await bench.CallAsync(bench.Other(32));
        Assert.Equal(OriginFailure.NoCapacity, (await bench.TryCallAsync(bench.Other(33))).Failure);

        await bench.FinishAsync(first); // its endpoint is idle now
        var third = await bench.CallAsync(bench.Other(33));
        Assert.Equal(OriginFailure.NoCapacity, (await bench.TryCallAsync(bench.Other(34))).Failure);
        await bench.FinishAsync(second); // and nobody has cut it off meanwhile
        await bench.FinishAsync(third);
    }

    [Fact]
    public async Task Calls_that_fail_leave_neither_a_connection_nor_a_place_behind()
    {
        await using var bench = await StartAsync(static options => options.MaxGrpcEndpoints = 1);
        for (var port = 1; port <= 3; port++)
        {
            Assert.Equal(OriginFailure.ConnectError, (await bench.TryCallAsync(bench.Endpoint with { Port = port, ConnectionAttempts = 1 })).Failure); // nobody listens there
        }

        Assert.Equal(0, bench.Client.OpenConnections);
        await bench.FinishAsync(await bench.CallAsync(bench.Endpoint));
    }

    [Fact]
    public async Task A_viewer_s_calls_count_towards_its_share_of_the_origin_DP_19_9()
    {
        await using var bench = await StartAsync(static options => options.MaxConnectionsPerEndpoint = 8);
        var calls = new[] { await bench.CallAsync(bench.Endpoint), await bench.CallAsync(bench.Endpoint) };
        Assert.Equal(OriginFailure.NoCapacity, (await bench.TryCallAsync(bench.Endpoint)).Failure);
        var neighbour = await bench.CallAsync(bench.Endpoint, IPAddress.Parse("198.51.100.8"));

        await bench.FinishAsync(calls[0]);
        var again = await bench.CallAsync(bench.Endpoint);
        foreach (var call in new[] { calls[1], neighbour, again })
        {
            await bench.FinishAsync(call);
        }
    }

    public void Dispose() => _authority.Dispose();

    private async Task<Bench> StartAsync(Action<OriginClientOptions> change)
    {
        var options = new OriginClientOptions();
        options.AdditionalRoots.Add(_authority.Root);
        change(options);
        var certificate = _authority.Issue("localhost");
        return new Bench(await LiveOrigin.StartAsync(EchoOneAsync, certificate), certificate, new OriginClient(options, new ManualTimeProvider()));
    }

    /// <summary>Answers at once, and ends when the caller has said something.</summary>
    private static async Task EchoOneAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        var said = new byte[3];
        await context.Request.Body.ReadExactlyAsync(said, context.RequestAborted);
        await context.Response.Body.WriteAsync(said);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private sealed record Call(GrpcResponse Response, ScriptedBody Body);

    private sealed class Bench(LiveOrigin origin, IDisposable certificate, OriginClient client) : IAsyncDisposable
    {
        public OriginClient Client => client;

        public OriginEndpoint Endpoint { get; } = new() { Host = "localhost", Port = origin.Port, Tls = true, KeepAliveTimeout = TimeSpan.FromSeconds(1) };

        /// <summary>The same origin with another setting, and so with connections of its own.</summary>
        public OriginEndpoint Other(int readTimeout) => Endpoint with { ReadTimeout = TimeSpan.FromSeconds(readTimeout) };

        public async Task<Call> CallAsync(OriginEndpoint endpoint, IPAddress? viewer = null)
        {
            var body = new ScriptedBody();
            var result = await SendAsync(endpoint, body, viewer);
            Assert.Equal(OriginFailure.None, result.Failure);
            return new Call(result.Response!, body);
        }

        /// <summary>A call that is not expected to come about.</summary>
        public async Task<GrpcResult> TryCallAsync(OriginEndpoint endpoint)
        {
            var body = new ScriptedBody();
            body.End();
            return await SendAsync(endpoint, body, viewer: null);
        }

        public async Task FinishAsync(Call call)
        {
            call.Body.Arrive("end"u8.ToArray());
            call.Body.End();
            var buffer = new byte[16];
            var said = new StringBuilder();
            while (await call.Response.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(ScriptedOrigin.Patience) is { End: false } read)
            {
                Assert.Equal(OriginFailure.None, read.Failure);
                said.Append(Encoding.ASCII.GetString(buffer, 0, read.Count));
            }

            Assert.Equal(("end", "0"), (said.ToString(), call.Response.Trailers!.GetText("grpc-status"u8)));
            await call.Response.DisposeAsync();
        }

        public async Task<OriginFailure> GetAsync(OriginEndpoint endpoint)
        {
            var headers = new HeaderList();
            headers.Add("Host", "www.example.com");
            var result = await client.SendAsync(new OriginRequest { Endpoint = endpoint, Method = "GET", Target = "/a"u8.ToArray(), Headers = headers }, CancellationToken.None);
            if (result.Response is { } response)
            {
                await OriginBench.ReadToEndAsync(response);
                await response.DisposeAsync();
            }

            return result.Failure;
        }

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            await origin.DisposeAsync();
            certificate.Dispose();
        }

        private Task<GrpcResult> SendAsync(OriginEndpoint endpoint, ScriptedBody body, IPAddress? viewer)
        {
            var headers = new HeaderList();
            headers.Add("Host", "localhost");
            headers.Add("TE", "trailers");
            headers.Add("Content-Type", "application/grpc");
            var request = new OriginRequest
            {
                Endpoint = endpoint,
                Method = "POST",
                Target = "/service/Method"u8.ToArray(),
                Headers = headers,
                Body = body,
                Viewer = viewer ?? IPAddress.Parse("198.51.100.7"),
            };
            return client.CallAsync(request, CancellationToken.None).AsTask().WaitAsync(ScriptedOrigin.Patience);
        }
    }
}
