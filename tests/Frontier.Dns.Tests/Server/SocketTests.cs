// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Contracts.Zones;
using Frontier.Dns.Tests.Harness;
using Frontier.Testing;

namespace Frontier.Dns.Tests.Server;

/// <summary>Queries over real sockets.</summary>
public sealed class SocketTests
{
    private static readonly ZoneConfig Zone = TestZone.Config("example.test.", "www 60 A 192.0.2.10\n" + string.Concat(Enumerable.Range(0, 300).Select(static each => $"n{each} 60 TXT \"{new string('x', 200)}\"\n")));

    [Fact]
    public async Task Queries_are_answered_over_UDP_by_every_socket()
    {
        await using var dns = await TestServer.StartAsync(static options => options with { Sockets = 3 }, null, Zone);

        for (var each = 0; each < 30; each++)
        {
            Assert.Equal(["192.0.2.10"], (await dns.AskAsync(Ask.For("www.example.test."))).Data);
        }

        Assert.Equal(30, dns.Server.Statistics.ByCode[0]);
    }

    [Fact]
    public async Task Queries_are_answered_over_IPv6()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "There is no IPv6.");
        await using var dns = await TestServer.StartAsync(static options => options with { Endpoints = [new IPEndPoint(IPAddress.IPv6Loopback, 0)] }, null, Zone);

        Assert.Equal(["192.0.2.10"], (await dns.AskAsync(Ask.For("www.example.test."))).Data);
    }

    [Fact]
    public async Task Every_address_of_the_machine_is_taken_by_itself()
    {
        await using var dns = await TestServer.StartAsync(static options => options with { Endpoints = [new IPEndPoint(IPAddress.Any, 0)] }, null, Zone);

        Assert.Contains(dns.Server.Endpoints, static endpoint => endpoint.Address.Equals(IPAddress.Loopback));
        Assert.DoesNotContain(dns.Server.Endpoints, static endpoint => endpoint.Address.Equals(IPAddress.Any));
    }

    [Fact]
    public async Task Many_queries_in_a_row_over_one_connection_are_answered_in_their_order_RFC_7766()
    {
        await using var dns = await TestServer.StartAsync(Zone);
        using var socket = await dns.ConnectAsync();
        byte[] all = [.. Enumerable.Range(0, 300).SelectMany(static each => TestServer.Framed(new Ask { Id = (ushort)each, Name = $"n{each}.example.test.", Type = "TXT" }.ToBytes()))];

        // In pieces that end anywhere.
        var sending = Task.Run(async () =>
        {
            foreach (var piece in all.Chunk(997))
            {
                await socket.SendAsync(piece);
            }
        });
        for (var each = 0; each < 300; each++)
        {
            var told = await TestServer.ReadAsync(socket);
            Assert.Equal((each, $"n{each}.example.test."), (told!.Id, told.Question));
            Assert.Single(told.Answers);
        }

        await sending;
    }

    [Fact]
    public async Task A_connection_that_trickles_is_closed_and_one_that_asks_is_not()
    {
        var time = new ManualTimeProvider();
        await using var dns = await TestServer.StartAsync(static options => options, time, Zone);
        using var slow = await dns.ConnectAsync();
        using var busy = await dns.ConnectAsync();
        await slow.SendAsync(new byte[] { 0 });
        for (var second = 0; second < 12; second++)
        {
            await busy.SendAsync(TestServer.Framed(Ask.For("www.example.test.")));
            Assert.NotNull(await TestServer.ReadAsync(busy));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(await TestServer.ReadAsync(slow));
        await busy.SendAsync(TestServer.Framed(Ask.For("www.example.test.")));
        Assert.NotNull(await TestServer.ReadAsync(busy));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(11)]
    public async Task A_message_that_can_be_no_query_ends_the_connection(int length)
    {
        await using var dns = await TestServer.StartAsync(Zone);
        using var socket = await dns.ConnectAsync();

        await socket.SendAsync(TestServer.Framed(new byte[length]));

        Assert.Null(await TestServer.ReadAsync(socket));
    }

    [Fact]
    public async Task One_address_has_so_many_connections_and_gets_another_when_it_closes_one()
    {
        await using var dns = await TestServer.StartAsync(static options => options with { MaxConnectionsPerAddress = 3 }, null, Zone);
        var first = await dns.ConnectAsync();
        using var second = await dns.ConnectAsync();
        using var third = await dns.ConnectAsync();
        await third.SendAsync(TestServer.Framed(Ask.For("www.example.test.")));
        Assert.NotNull(await TestServer.ReadAsync(third));
        using (var over = await dns.ConnectAsync())
        {
            Assert.Null(await TestServer.ReadAsync(over));
        }

        first.Dispose();

        await Eventually.IsTrueAsync(async () =>
        {
            using var again = await dns.ConnectAsync();
            try
            {
                await again.SendAsync(TestServer.Framed(Ask.For("www.example.test.")));
            }
            catch (SocketException)
            {
                return false;
            }

            return await TestServer.ReadAsync(again) is not null;
        });
    }

    [Fact]
    public async Task Transfers_go_to_networks_that_may_have_them_and_to_nobody_else()
    {
        await using var open = await TestServer.StartAsync(static options => options with { TransferNetworks = [IPNetwork.Parse("127.0.0.0/8")] }, null, Zone);
        await using var closed = await TestServer.StartAsync(static options => options with { TransferNetworks = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("::/0")] }, null, Zone);
        using var friend = await open.ConnectAsync();
        using var stranger = await closed.ConnectAsync();
        await friend.SendAsync(TestServer.Framed(Ask.For("example.test.", "AXFR")));
        await stranger.SendAsync(TestServer.Framed(Ask.For("example.test.", "AXFR")));
        var records = new List<ToldRecord>();
        var messages = 0;
        do
        {
            records.AddRange((await TestServer.ReadAsync(friend))!.Answers);
            messages++;
        }
        while (records.Count(static record => record.Type == "SOA") < 2);

        Assert.True(messages > 1);
        Assert.Equal(("SOA", "SOA"), (records[0].Type, records[^1].Type));
        Assert.Equal(305, records.Count); // both SOA records, the server and its address, www and 300 others
        Assert.Equal(5, (await TestServer.ReadAsync(stranger))!.Code);
        await friend.SendAsync(TestServer.Framed(Ask.For("www.example.test.")));
        Assert.Single((await TestServer.ReadAsync(friend))!.Answers);
    }

    [Fact]
    public async Task A_flood_of_malformed_packets_leaves_the_server_answering()
    {
        await using var dns = await TestServer.StartAsync(Zone);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(dns.Endpoint);
        var random = new Random(53);
        var good = new Ask { Name = "www.example.test." }.WithOption(8, 0, 1, 24, 0, 198, 51, 100).ToBytes();
        for (var each = 0; each < 20_000; each++)
        {
            var packet = each % 3 == 0 ? new byte[random.Next(0, 1_500)] : [.. good];
            if (each % 3 == 0)
            {
                random.NextBytes(packet);
            }
            else
            {
                packet[random.Next(packet.Length)] ^= (byte)random.Next(1, 256);
            }

            await socket.SendAsync(packet);
        }

        Assert.Equal(["192.0.2.10"], (await dns.AskAsync(Ask.For("www.example.test."))).Data);
        Assert.True(dns.Server.Statistics.ByCode[1] > 0);
    }

    [Fact]
    public async Task Options_that_make_no_sense_are_all_named()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(static () => TestServer.StartAsync(static options => options with { Sockets = 0, MaxUdpBytes = 100, CookieSecret = [1] }, null));

        Assert.All(["Sockets is 0", "MaxUdpBytes is 100", "CookieSecret has 1"], fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sample_of_queries_is_written_to_a_log()
    {
        await using var dns = await TestServer.StartAsync(static options => options with { LogEvery = 2 }, null, Zone);
        for (var each = 0; each < 10; each++)
        {
            await dns.AskAsync(Ask.For("www.example.test."));
        }

        await Eventually.IsTrueAsync(() => File.Exists(dns.Files["queries.log"]) && File.ReadAllLines(dns.Files["queries.log"]) is { Length: 5 } lines && lines[0].EndsWith(" 127.0.0.1 udp www.example.test. A NoError", StringComparison.Ordinal));
    }
}
