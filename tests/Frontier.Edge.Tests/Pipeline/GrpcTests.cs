// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using Frontier.Contracts;
using Frontier.Edge.Origins;
using Frontier.Testing;
using Frontier.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>gRPC calls through the edge: HTTP/2 on both sides, trailers, streams both ways (DP-30.2).</summary>
public sealed class GrpcTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task Messages_stream_both_ways_and_the_trailers_say_how_it_ended_DP_30_2()
    {
        var seen = new TaskCompletionSource<(string Protocol, string Te, string Host, string Via)>();
        await using var call = await StartAsync(async context =>
        {
            seen.TrySetResult((context.Request.Protocol, context.Request.Headers.TE.ToString(), context.Request.Host.Value!, context.Request.Headers.Via.ToString()));
            await AnswerEachMessageAsync(context);
        });
        using var body = new StreamedBody();
        using var response = await call.SendAsync("/service/Method", body);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["Miss from cloudfront"], response.Headers.GetValues("X-Cache"));
        await using var answers = await response.Content.ReadAsStreamAsync();
        foreach (var message in new[] { "one", "two", "three" })
        {
            body.Say(message); // only now: the answer to each comes before the next is sent
            Assert.Equal($"<{message}>", await ReadAsync(answers, message.Length + 2));
        }

        body.End();
        Assert.Equal(0, await answers.ReadAsync(new byte[1]).AsTask().WaitAsync(ScriptedOrigin.Patience));
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
        Assert.Equal(["fine"], response.TrailingHeaders.GetValues("grpc-message"));
        var (protocol, te, host, via) = await seen.Task.WaitAsync(ScriptedOrigin.Patience);
        Assert.Equal(("HTTP/2", "trailers", $"localhost:{call.Origin.Port}"), (protocol, te, host));
        Assert.StartsWith("2.0 ", via, StringComparison.Ordinal);
        var record = await call.Edge.Records.OfAsync("/service/Method");
        Assert.Equal((CarriedProtocol.Grpc, ResultType.Miss, 200, "grpcs"), (record.Carries, record.Result, record.Status, record.Carries.LogName(record.IsHttps)));
    }

    [Fact]
    public async Task A_refusal_without_messages_arrives_as_trailers()
    {
        await using var call = await StartAsync(static context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "12";
            return Task.CompletedTask;
        });
        using var body = new StreamedBody();
        body.End();
        using var response = await call.SendAsync("/service/None", body);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync().WaitAsync(ScriptedOrigin.Patience));
        Assert.Equal(["12"], response.TrailingHeaders.GetValues("grpc-status"));
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/grpc", false)]
    public async Task Other_requests_of_the_behavior_and_calls_without_the_setting_go_over_HTTP_1_1_DP_30_2(string type, bool grpc)
    {
        await using var call = await StartAsync(static context => context.Response.WriteAsync(context.Request.Protocol), grpc: grpc);
        using var body = new StreamedBody();
        body.End();
        using var response = await call.SendAsync("/service/Other", body, type);
        Assert.Equal("HTTP/1.1", await response.Content.ReadAsStringAsync().WaitAsync(ScriptedOrigin.Patience));
    }

    [Fact]
    public async Task A_call_to_an_origin_that_speaks_no_HTTP_2_is_502()
    {
        await using var call = await StartAsync(AnswerEachMessageAsync, HttpProtocols.Http1);
        using var body = new StreamedBody();
        body.End();
        using var response = await call.SendAsync("/service/Method", body);
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
    }

    [Fact]
    public async Task A_call_to_an_origin_with_a_certificate_of_nobody_is_502_DP_11_2()
    {
        await using var call = await StartAsync(AnswerEachMessageAsync, trusted: false);
        using var body = new StreamedBody();
        body.End();
        using var response = await call.SendAsync("/service/Method", body);
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(ErrorDetail.OriginConnectError, (await call.Edge.Records.OfAsync("/service/Method")).Detail);
        Assert.Equal(OriginFailure.TlsError, call.Edge.Server.OriginHealth.Single().LastFailure);
    }

    [Fact]
    public async Task An_origin_that_does_not_answer_a_call_in_time_is_504_DP_11_3()
    {
        var held = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        await using var call = await StartAsync(async context =>
        {
            reached.TrySetResult();
            await held.Task.WaitAsync(context.RequestAborted);
        });
        using var body = new StreamedBody();
        var sending = call.SendAsync("/service/Method", body);
        await reached.Task.WaitAsync(ScriptedOrigin.Patience);
        await Eventually.IsTrueAsync(() =>
        {
            call.Edge.Clock.Advance(TimeSpan.FromSeconds(1));
            return sending.IsCompleted;
        });
        using var response = await sending;
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        body.End();
        held.SetResult();
    }

    [Fact]
    public async Task A_viewer_that_leaves_ends_the_call_at_the_origin()
    {
        var ended = new TaskCompletionSource();
        await using var call = await StartAsync(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            await AnswerEachMessageAsync(context);
        });
        using var body = new StreamedBody();
        using (var response = await call.SendAsync("/service/Method", body))
        {
            body.Say("one");
            await using var answers = await response.Content.ReadAsStreamAsync();
            Assert.Equal("<one>", await ReadAsync(answers, 5));
        }

        await ended.Task.WaitAsync(ScriptedOrigin.Patience);
        await call.Edge.Records.OfAsync("/service/Method");
        body.End();
    }

    public void Dispose() => _authority.Dispose();

    private static async Task AnswerEachMessageAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        var buffer = new byte[1024];
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
            {
                await context.Response.WriteAsync($"<{Encoding.UTF8.GetString(buffer, 0, count)}>");
                await context.Response.Body.FlushAsync();
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            return;
        }

        context.Response.AppendTrailer("grpc-status", "0");
        context.Response.AppendTrailer("grpc-message", "fine");
    }

    private static async Task<string> ReadAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(ScriptedOrigin.Patience);
        return Encoding.UTF8.GetString(bytes);
    }

    private async Task<Call> StartAsync(RequestDelegate handler, HttpProtocols protocols = HttpProtocols.Http1AndHttp2, bool grpc = true, bool trusted = true)
    {
        var certificate = _authority.Issue("localhost");
        var origin = await LiveOrigin.StartAsync(handler, certificate, protocols);
        var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            Origins = [distribution.Origins[0] with { DomainName = "localhost", HttpsPort = origin.Port, Protocol = OriginProtocol.HttpsOnly }],
            DefaultBehavior = TestEdge.Behavior("*") with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"], Grpc = grpc },
        });
        var clients = new OriginClientOptions();
        if (trusted)
        {
            clients.AdditionalRoots.Add(_authority.Root);
        }

        await edge.RestartAsync(options => options with { Origins = clients });
        return new Call(edge, origin, certificate, TlsViewer.Of(edge));
    }

    private sealed record Call(TestEdge Edge, LiveOrigin Origin, IDisposable Certificate, HttpClient Viewer) : IAsyncDisposable
    {
        public async Task<HttpResponseMessage> SendAsync(string path, HttpContent body, string type = "application/grpc")
        {
            body.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var request = new HttpRequestMessage(HttpMethod.Post, TlsViewer.Address(Edge, path))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = body,
            };
            request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
            var response = await Viewer.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            request.Content = null; // still being sent, and the test's to end
            return response;
        }

        public async ValueTask DisposeAsync()
        {
            Viewer.Dispose();
            await Edge.DisposeAsync();
            await Origin.DisposeAsync();
            Certificate.Dispose();
        }
    }

    /// <summary>A body that is sent piece by piece, when the test says so.</summary>
    private sealed class StreamedBody : HttpContent
    {
        private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

        public void Say(string message) => Assert.True(_messages.Writer.TryWrite(message));

        public void End() => _messages.Writer.TryComplete();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            await foreach (var message in _messages.Reader.ReadAllAsync())
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(message));
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
