// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Frontier.Http.Transport;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Transport;

/// <summary>Load balancers that say for whom they speak, by the PROXY protocol's two versions; and those who only say so.</summary>
public sealed class BalancersTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static readonly IPEndPoint Balancer = new(IPAddress.Loopback, 1234);

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n", "192.0.2.7:56324")]
    [InlineData("PROXY TCP6 2001:db8::7 2001:db8::1 56324 443\r\n", "[2001:db8::7]:56324")]
    [InlineData("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255:65535")]
    public async Task A_line_names_the_viewer_section_2_1(string preface, string viewer) => Assert.EndsWith($"\r\n\r\n{viewer}", await AskAsync(Encoding.ASCII.GetBytes(preface)), StringComparison.Ordinal);

    [Theory]
    [InlineData("PROXY UNKNOWN\r\n")]
    [InlineData("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n")]
    public async Task A_balancer_may_speak_for_itself_section_2_1(string preface) => Assert.Contains("\r\n\r\n127.0.0.1:", await AskAsync(Encoding.ASCII.GetBytes(preface)), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 56324\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443 more\r\n")]
    [InlineData("PROXY TCP4 192.0.2.07 198.51.100.1 56324 443\r\n")]
    [InlineData("PROXY TCP4 192.0.513 198.51.100.1 56324 443\r\n")]
    [InlineData("PROXY TCP4 2001:db8::7 2001:db8::1 56324 443\r\n")]
    [InlineData("PROXY TCP6 192.0.2.7 198.51.100.1 56324 443\r\n")]
    [InlineData("PROXY TCP6 fe80::1%1 fe80::2 56324 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 65536 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 056 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 +56 443\r\n")]
    [InlineData("PROXY  TCP4 192.0.2.7 198.51.100.1 56 443\r\n")]
    [InlineData("PROXY TCP5 192.0.2.7 198.51.100.1 56 443\r\n")]
    [InlineData("proxy TCP4 192.0.2.7 198.51.100.1 56 443\r\n")]
    public async Task Who_comes_from_a_balancer_without_a_sound_preface_is_not_served(string preface) => Assert.Equal("", await AskAsync(Encoding.ASCII.GetBytes(preface)));

    [Fact]
    public async Task A_line_without_an_end_is_not_read_further_than_a_line_may_be()
    {
        await using var server = TestServer.Start(AnswerAsync, isBalanced: true);
        using var viewer = await ConnectAsync(server.Http);
        await viewer.SendAsync(Encoding.ASCII.GetBytes("PROXY UNKNOWN " + new string('x', 200)));
        Assert.Equal("", await ReadToEndAsync(viewer));
    }

    [Theory]
    [InlineData(0x11, "192.0.2.7", 0)]
    [InlineData(0x21, "2001:db8::7", 0)]
    [InlineData(0x21, "2001:db8::7", 300)]
    public async Task A_binary_head_names_the_viewer_and_what_else_it_says_is_skipped_section_2_2(byte family, string viewer, int more)
    {
        var address = IPAddress.Parse(viewer).GetAddressBytes();
        Assert.EndsWith($"\r\n\r\n{new IPEndPoint(IPAddress.Parse(viewer), 50_000)}", await AskAsync(Head(0x21, family, [.. address, .. address, 0xC3, 0x50, 1, 187, .. new byte[more]])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x20, 0x00)]
    [InlineData(0x20, 0x11)]
    [InlineData(0x21, 0x00)]
    public async Task A_health_check_is_the_balancers_own_section_2_2(byte command, byte family) =>
        Assert.Contains("\r\n\r\n127.0.0.1:", await AskAsync(Head(command, family, new byte[12])), StringComparison.Ordinal);

    [Theory]
    [InlineData(0x11, 0x11, 12)]
    [InlineData(0x22, 0x11, 12)]
    [InlineData(0x21, 0x12, 12)]
    [InlineData(0x21, 0x31, 216)]
    [InlineData(0x21, 0x11, 11)]
    [InlineData(0x21, 0x21, 35)]
    [InlineData(0x21, 0x11, 4097)]
    public async Task A_binary_head_of_another_version_kind_or_length_is_none(byte command, byte family, int length) =>
        Assert.Equal("", await AskAsync(Head(command, family, new byte[length])));

    [Fact]
    public async Task The_preface_comes_before_the_handshake()
    {
        await using var server = TestServer.Start(AnswerAsync, isBalanced: true);
        using var socket = await ConnectAsync(server.Https);
        await socket.SendAsync("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n"u8.ToArray());
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(RawViewer.Options(SslApplicationProtocol.Http11));
        await tls.WriteAsync(Encoding.ASCII.GetBytes(Request));
        using var reader = new StreamReader(tls);
        Assert.EndsWith("\r\n\r\n192.0.2.7:56324", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_no_balancer_cannot_claim_to_be_another()
    {
        await using var server = TestServer.Start(AnswerAsync);
        using var viewer = await ConnectAsync(server.Http);
        await viewer.SendAsync(Encoding.ASCII.GetBytes("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n" + Request));
        Assert.StartsWith("HTTP/1.1 505", await ReadToEndAsync(viewer), StringComparison.Ordinal); // a request line of an odd version
        Assert.Equal(0, server.Handler.Requests);
    }

    [Fact]
    public async Task Who_says_nothing_is_cut_when_the_time_for_handshakes_is_over()
    {
        await using var server = TestServer.Start(AnswerAsync, isBalanced: true);
        using var viewer = await ConnectAsync(server.Http);
        await viewer.SendAsync("PROXY TCP4"u8.ToArray());
        await server.PassUntilAsync(server.HasNoConnectionsAsync());
    }

    [Fact]
    public void Whatever_the_bytes_nothing_is_thrown()
    {
        Prop.ForAll<byte[]>(static bytes => ProxyPreface.ParseLine(bytes ?? [], Balancer) is null).QuickCheckThrowOnFailure(); // chance makes no sound line
        Prop.ForAll<byte, byte, byte[]>(static (command, family, bytes) => ProxyPreface.Parse(command, family, bytes ?? [], Balancer) is null || command is 0x20 or 0x21).QuickCheckThrowOnFailure();
    }

    private static ValueTask AnswerAsync(HttpExchange exchange) => Answers.TextAsync(exchange, exchange.Remote.ToString());

    private static byte[] Head(byte command, byte family, byte[] addresses)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)addresses.Length);
        return [.. Signature, command, family, .. length, .. addresses];
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address);
        return socket;
    }

    /// <summary>What comes back for a preface and a request behind it; empty when nothing does.</summary>
    private static async Task<string> AskAsync(byte[] preface)
    {
        await using var server = TestServer.Start(AnswerAsync, isBalanced: true);
        using var viewer = await ConnectAsync(server.Http);
        await viewer.SendAsync((byte[])[.. preface, .. Encoding.ASCII.GetBytes(Request)]);
        return await ReadToEndAsync(viewer);
    }

    private static async Task<string> ReadToEndAsync(Socket viewer)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await viewer.ReceiveAsync(buffer) is > 0 and var count)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // Reset: what it sent was not read.
        }

        return text.ToString();
    }
}
