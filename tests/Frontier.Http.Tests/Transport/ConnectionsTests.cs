// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Testing;

namespace Frontier.Http.Tests.Transport;

/// <summary>How many connections there are, and each one's requests its own.</summary>
public sealed class ConnectionsTests
{
    [Fact]
    public async Task More_connections_than_allowed_are_closed_at_once_and_room_is_given_back()
    {
        await using var server = TestServer.Start(Answers.PathAsync, new HttpServerLimits { MaxConnections = 2 });
        using var first = await RawViewer.ConnectAsync(server);
        await first.GetAsync("/1");
        await first.ReadAnswerAsync();
        using (var second = await RawViewer.ConnectAsync(server))
        {
            await second.GetAsync("/2");
            await second.ReadAnswerAsync();
            using var third = await RawViewer.ConnectAsync(server);
            Assert.Equal("", await third.ReadToEndAsync());
            Assert.Equal(2, server.Connections);
        }

        await Eventually.IsTrueAsync(() => server.Connections == 1);
        using var fourth = await RawViewer.ConnectAsync(server);
        await fourth.GetAsync("/4");
        Assert.Equal("/4", (await fourth.ReadAnswerAsync()).Body);
        await first.GetAsync("/5");
        Assert.Equal("/5", (await first.ReadAnswerAsync()).Body);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        await using var server = TestServer.Start(Answers.PathAsync);
        var options = new HttpServerOptions { Http = new IPEndPoint(IPAddress.Loopback, 0), Https = server.Https, SelectTls = static (_, _) => new(new()), OnFault = static _ => { } };
        var error = Assert.Throws<IOException>(() => HttpServer.Start(options, server.Handler, server.Clock));
        Assert.Contains(server.Https.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_viewers_address_is_known()
    {
        await using var server = TestServer.Start(static exchange => Answers.TextAsync(exchange, exchange.Remote.Address.ToString()));
        using var viewer = await RawViewer.ConnectAsync(server);
        await viewer.GetAsync("/");
        Assert.Equal("127.0.0.1", (await viewer.ReadAnswerAsync()).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Five_thousand_requests_of_fifty_connections_get_their_own_answers(bool isSecure)
    {
        await using var server = TestServer.Start(static async exchange =>
        {
            var path = exchange.Request.PathText;
            if (path.EndsWith('3'))
            {
                await Task.Yield();
            }

            if (path.EndsWith('7'))
            {
                await Answers.EchoAsync(exchange);
            }
            else
            {
                await Answers.PathAsync(exchange);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 50).Select(connection => Task.Run(async () =>
        {
            using var viewer = await RawViewer.ConnectAsync(server, isSecure);
            for (var i = 0; i < 100; i++)
            {
                var token = $"/{connection}/{i}";
                await viewer.SendAsync(i % 10 == 7 ? $"POST {token} HTTP/1.1\r\nHost: a\r\nContent-Length: {token.Length}\r\n\r\n{token}" : $"GET {token} HTTP/1.1\r\nHost: a\r\n\r\n");
                Assert.Equal(token, (await viewer.ReadAnswerAsync()).Body);
            }
        })));
        Assert.Equal(5_000, server.Handler.Requests);
        await server.HasNoConnectionsAsync();
    }
}
