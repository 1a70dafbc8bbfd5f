// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Tests.Transport;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http1;

/// <summary>Handlers that do not do what they should: the viewer must not take a part for the whole (RFC 9112, section 8).</summary>
public sealed class HandlerFaultsTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_handler_that_throws_is_told_of_and_its_connection_cut(bool isAsynchronous, bool hasStarted)
    {
        await using var server = TestServer.Start(async exchange =>
        {
            if (isAsynchronous)
            {
                await Task.Yield();
            }

            if (hasStarted)
            {
                await exchange.StartAsync(Answers.Head(), 10, CancellationToken.None);
                await exchange.WriteAsync("hello"u8.ToArray(), CancellationToken.None);
                await exchange.FlushAsync(CancellationToken.None);
            }

            throw new InvalidOperationException("a bug");
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        await viewer.ReadToEndAsync();
        Assert.True(viewer.WasReset);
        Assert.Equal("a bug", (await server.TakeFaultAsync()).Message);
        await server.HasNoConnectionsAsync();
    }

    [Fact]
    public async Task A_handler_that_throws_at_once_is_told_of_as_well()
    {
        await using var server = TestServer.Start(static _ => throw new InvalidOperationException("a bug"));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.Equal("a bug", (await server.TakeFaultAsync()).Message);
    }

    [Fact]
    public async Task An_exchange_without_an_answer_is_cut()
    {
        await using var server = TestServer.Start(static _ => ValueTask.CompletedTask);
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        Assert.Equal("", await viewer.ReadToEndAsync());
        Assert.True(viewer.WasReset);
        await server.HasNoConnectionsAsync();
    }

    [Fact]
    public async Task An_answer_shorter_than_its_head_says_is_cut()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            await exchange.StartAsync(Answers.Head(), 10, CancellationToken.None);
            await exchange.WriteAsync("hello"u8.ToArray(), CancellationToken.None);
            await exchange.FlushAsync(CancellationToken.None);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        await viewer.ReadToEndAsync();
        Assert.True(viewer.WasReset);
    }

    [Fact]
    public async Task A_chunked_answer_that_is_aborted_has_no_last_chunk()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            await exchange.StartAsync(Answers.Head(), null, CancellationToken.None);
            await exchange.WriteAsync("hello"u8.ToArray(), CancellationToken.None);
            await exchange.FlushAsync(CancellationToken.None);
            exchange.Abort();
            Assert.True(exchange.Aborted.IsCancellationRequested);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        Assert.DoesNotContain("\r\n0\r\n", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.True(viewer.WasReset);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_longer_than_its_head_says_is_a_bug_and_nothing_of_it_is_taken_for_the_next_one(bool isPrepared)
    {
        var prepared = new PreparedHead(Answers.Head(), 3);
        await using var server = TestServer.Start(exchange => isPrepared ? exchange.RespondAsync(prepared, new HeaderList(), new("hello"u8.ToArray())) : TooMuchAsync(exchange));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        Assert.DoesNotContain("hello", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(await server.TakeFaultAsync());

        static async ValueTask TooMuchAsync(HttpExchange exchange)
        {
            await exchange.StartAsync(Answers.Head(), 3, CancellationToken.None);
            await exchange.WriteAsync("hello"u8.ToArray(), CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_second_head_is_a_bug_and_not_a_second_answer()
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            await Answers.PathAsync(exchange);
            await exchange.StartAsync(Answers.Head(500), 0, CancellationToken.None);
        });
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        Assert.DoesNotContain("500", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(await server.TakeFaultAsync());
    }
}
