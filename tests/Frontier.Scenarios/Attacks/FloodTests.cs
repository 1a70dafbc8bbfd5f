// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Frontier.Scenarios.Attacks;

/// <summary>Floods by TLS handshakes, by HTTP/2 and by plain requests, from an address of their own: it is cut short, and a viewer beside it is served.</summary>
public sealed class FloodTests
{
    private const int Seconds = 6;

    private static readonly IPAddress Attacker = IPAddress.Parse("127.0.0.66");
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_flood_of_handshakes_is_cut_to_its_rate()
    {
        await using var attacked = await AttackedSite.StartAsync("--handshakes-per-address", "10");
        var shaken = 0;
        await BesideAsync(attacked, 4, async until =>
        {
            using var socket = await ConnectAsync(attacked.Https);
            await using var tls = await ShakeAsync(attacked, socket, until);
            Interlocked.Increment(ref shaken);
        });
        Assert.InRange(shaken, 1, 10 * (Seconds + 15)); // with the burst, and the time that it took to stop
        Assert.Contains("--handshakes-per-address", attacked.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshakes_that_are_begun_and_left_cost_the_viewers_nothing()
    {
        await using var attacked = await AttackedSite.StartAsync("--handshakes-per-address", "0", "--new-connections-per-address", "0", "--exempt", "none");
        byte[] begun = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3];
        await BesideAsync(attacked, 4, async until =>
        {
            using var socket = await ConnectAsync(attacked.Https);
            await socket.SendAsync(begun, until);
        });
    }

    [Fact]
    public async Task Rapid_reset_of_HTTP_2_ends_its_connection_again_and_again_CVE_2023_44487()
    {
        await using var attacked = await AttackedSite.StartAsync();
        var opened = 0;
        await BesideAsync(attacked, 2, async until =>
        {
            using var socket = await ConnectAsync(attacked.Https);
            await using var tls = await ShakeAsync(attacked, socket, until);
            Interlocked.Increment(ref opened);
            var authority = Encoding.ASCII.GetBytes(attacked.Site.Domain);
            byte[] head = [0x82, 0x87, 0x84, 0x41, (byte)authority.Length, .. authority];
            await tls.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(4, 0, 0, [])], until);
            var reading = tls.CopyToAsync(Stream.Null, until);
            for (var stream = 1; !reading.IsCompleted; stream += 2)
            {
                await tls.WriteAsync((byte[])[.. Frame(1, 5, stream, head), .. Frame(3, 0, stream, [0, 0, 0, 8])], until);
            }
        });
        Assert.InRange(opened, 2, int.MaxValue); // the first ones were ended before their time
    }

    [Fact]
    public async Task A_flood_of_requests_is_refused_and_its_connections_closed()
    {
        await using var attacked = await AttackedSite.StartAsync("--requests-per-address", "20");
        var (served, refused, opened) = (0, 0, 0);
        var request = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"GET /page.html HTTP/1.1\r\nHost: {attacked.Site.Domain}\r\n\r\n", 50)));
        await BesideAsync(attacked, 2, async until =>
        {
            using var socket = await ConnectAsync(attacked.Http);
            Interlocked.Increment(ref opened);
            var buffer = new byte[64 * 1024];
            await socket.SendAsync(request, until);
            while (await socket.ReceiveAsync(buffer, until) is > 0 and var count)
            {
                var answers = Encoding.Latin1.GetString(buffer, 0, count);
                Interlocked.Add(ref served, answers.Split("HTTP/1.1 200").Length - 1);
                Interlocked.Add(ref refused, answers.Split("HTTP/1.1 429").Length - 1);
                await socket.SendAsync(request, until);
            }
        });
        Assert.InRange(served, 1, 20 * (Seconds + 15));
        Assert.InRange(refused, 33, int.MaxValue);
        Assert.InRange(opened, 2, int.MaxValue);
        Assert.Contains("--requests-per-address", attacked.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_cannot_make_the_edge_renegotiate()
    {
        await using var attacked = await AttackedSite.StartAsync();
        Assert.SkipUnless(Harness.Command.Exists("openssl"), "openssl is not installed.");
        using var process = Harness.Command.Start(
            "bash", ["-c", $"(sleep 1; for i in 1 2 3; do echo R; sleep 1; done) | timeout 20 openssl s_client -connect {attacked.Https} -servername {attacked.Site.Domain} -tls1_2 -msg 2>&1"]);
        var said = await process.StandardOutput.ReadToEndAsync();
        Assert.Contains("RENEGOTIATING", said, StringComparison.Ordinal);
        Assert.Equal(2, said.Split("ServerHelloDone").Length); // one handshake, whatever was asked
    }

    /// <summary>Attacks as often as it goes, so many at a time, while a viewer is served.</summary>
    private static async Task BesideAsync(AttackedSite attacked, int attackers, Func<CancellationToken, Task> attackAsync)
    {
        await using var viewer = GoodViewer.Start(attacked.Client, attacked.Site, AttackedSite.Page);
        using var until = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds));
        await Task.WhenAll(Enumerable.Range(0, attackers).Select(_ => Task.Run(async () =>
        {
            while (!until.IsCancellationRequested)
            {
                try
                {
                    await attackAsync(until.Token);
                }
                catch (Exception error) when (error is SocketException or IOException or AuthenticationException or OperationCanceledException)
                {
                    // Cut off, as it should be; or its time is over.
                }
            }
        })));
        var (answers, p99) = await viewer.StopAsync();
        Assert.InRange(p99, TimeSpan.Zero, Bearable);
        Assert.InRange(answers, Seconds, int.MaxValue);
        await attacked.StopAsync();
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        try
        {
            socket.Bind(new IPEndPoint(Attacker, 0));
            await socket.ConnectAsync(address);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<SslStream> ShakeAsync(AttackedSite attacked, Socket socket, CancellationToken cancellationToken)
    {
        var tls = new SslStream(new NetworkStream(socket));
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = attacked.Site.Domain,
                    ApplicationProtocols = [SslApplicationProtocol.Http2],
                    CertificateChainPolicy = attacked.Trust(),
                },
                cancellationToken);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>A frame of HTTP/2 (RFC 9113, section 4.1).</summary>
    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }
}
