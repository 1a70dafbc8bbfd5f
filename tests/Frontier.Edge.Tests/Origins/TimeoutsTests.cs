// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>Timeouts of §11 by a clock that only the test moves.</summary>
public sealed class TimeoutsTests
{
    [Fact]
    public async Task An_origin_that_does_not_answer_ends_in_a_read_timeout_after_every_attempt_DP_11_1()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { ReadTimeout = TimeSpan.FromSeconds(30), ConnectionAttempts = 2 };
        bench.Origin.On("/slow").Hold();
        var pending = bench.SendAsync("/slow");

        await bench.Origin.WaitForRequestsAsync("/slow", 1);
        await bench.ElapseAsync(30);
        await bench.Origin.WaitForRequestsAsync("/slow", 2);
        await bench.ElapseAsync(30);

        Assert.Equal(OriginFailure.ReadTimeout, (await pending).Failure);
        Assert.Equal(2, bench.Origin.Requests("/slow"));
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task An_origin_that_answers_within_the_read_timeout_is_waited_for()
    {
        await using var bench = new OriginBench();
        var gate = new ScriptedGate();
        bench.Origin.On("/slow").Reply(200, "v1").Hold(gate);
        var pending = bench.GetAsync("/slow");
        await gate.Reached.WaitAsync(ScriptedOrigin.Patience);

        bench.Clock.Advance(TimeSpan.FromSeconds(29));
        gate.Release();

        Assert.Equal("v1", await pending);
        Assert.Equal(1, bench.Origin.Requests("/slow"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_not_repeated_after_a_read_timeout_DP_11_1(string method)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/slow").Hold();
        var pending = bench.SendAsync("/slow", method);
        await bench.Origin.WaitForRequestsAsync("/slow", 1);
        await bench.ElapseAsync(30);

        Assert.Equal(OriginFailure.ReadTimeout, (await pending).Failure);
        Assert.Equal(1, bench.Origin.Requests("/slow"));
    }

    [Theory]
    [InlineData(ScriptedFraming.ContentLength)]
    [InlineData(ScriptedFraming.Chunked)]
    [InlineData(ScriptedFraming.UntilClose)]
    public async Task A_body_that_stalls_ends_in_a_read_timeout(ScriptedFraming framing)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/stall").Reply(ScriptedReply.Of(200, "0123456789") with { Framing = framing, StallAfter = 4, StallAt = new ScriptedGate() });
        var result = await bench.SendAsync("/stall");
        await using var response = result.Response!;
        var buffer = new byte[10];
        for (var received = 0; received < 4;)
        {
            received += (await OriginBench.ReadAsync(response, buffer)).Count;
        }

        var stalled = OriginBench.ReadAsync(response, buffer);
        await bench.ElapseAsync(30);

        Assert.Equal(OriginRead.Failed(OriginFailure.ReadTimeout), await stalled);
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task A_viewer_that_reads_slowly_does_not_time_the_origin_out()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(200, "0123456789");
        var result = await bench.SendAsync("/a");
        await using var response = result.Response!;
        Assert.Equal(4, (await OriginBench.ReadAsync(response, new byte[4])).Count);

        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(("456789", OriginFailure.None), await OriginBench.ReadToEndAsync(response));
    }

    [Fact]
    public async Task The_completion_timeout_counts_retries_too()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { ReadTimeout = TimeSpan.FromSeconds(30), ResponseCompletionTimeout = TimeSpan.FromSeconds(45) };
        bench.Origin.On("/slow").Hold();
        var began = bench.Clock.GetUtcNow();
        var pending = bench.SendAsync("/slow");
        await bench.Origin.WaitForRequestsAsync("/slow", 1);
        await bench.ElapseAsync(30);
        await bench.Origin.WaitForRequestsAsync("/slow", 2);
        await bench.ElapseAsync(15);

        Assert.Equal(OriginFailure.CompletionTimeout, (await pending).Failure);
        Assert.Equal(2, bench.Origin.Requests("/slow"));
        Assert.Equal(TimeSpan.FromSeconds(45), bench.Clock.GetUtcNow() - began);
    }

    [Fact]
    public async Task The_completion_timeout_cuts_a_body_that_keeps_arriving()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { ResponseCompletionTimeout = TimeSpan.FromSeconds(60) };
        bench.Origin.On("/a").Reply(200, "0123456789");
        var result = await bench.SendAsync("/a");
        await using var response = result.Response!;
        Assert.Equal(4, (await OriginBench.ReadAsync(response, new byte[4])).Count);

        bench.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(OriginRead.Failed(OriginFailure.CompletionTimeout), await OriginBench.ReadAsync(response, new byte[4]));
    }

    [Fact]
    public async Task The_completion_timeout_cuts_a_stalled_body_before_a_longer_read_timeout()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { ReadTimeout = TimeSpan.FromSeconds(100), ResponseCompletionTimeout = TimeSpan.FromSeconds(60) };
        bench.Origin.On("/a").Reply(200, "0123456789").StallAfter(4);
        var result = await bench.SendAsync("/a");
        await using var response = result.Response!;

        var reading = OriginBench.ReadToEndAsync(response);
        await bench.ElapseAsync(60);
        var (_, failure) = await reading;

        Assert.Equal(OriginFailure.CompletionTimeout, failure);
    }

    [Fact]
    public async Task An_address_that_swallows_connections_ends_in_a_connect_timeout()
    {
        using var hole = new BlackHole();
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { Port = hole.Port, ConnectionTimeout = TimeSpan.FromSeconds(10), ConnectionAttempts = 2 };
        var pending = bench.SendAsync("/", "POST");

        await bench.ElapseAsync(10);
        await bench.ElapseAsync(10);

        Assert.Equal(OriginFailure.ConnectTimeout, (await pending).Failure);
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_a_connect_timeout()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(16);
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { Tls = true, Port = ((IPEndPoint)silent.LocalEndPoint!).Port, ConnectionAttempts = 1 };

        var pending = bench.SendAsync("/");
        await bench.ElapseAsync(10);

        Assert.Equal(OriginFailure.ConnectTimeout, (await pending).Failure);
    }

    /// <summary>A port whose queue of connections is full: further ones are neither accepted nor refused.</summary>
    private sealed class BlackHole : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _queued = [];

        public BlackHole()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            for (var i = 0; i < 4; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                _queued.Add(socket);
                try
                {
                    socket.Connect(_listener.LocalEndPoint!);
                }
                catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // On its way, which is all that is wanted.
                }
            }
        }

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public void Dispose()
        {
            _queued.ForEach(socket => socket.Dispose());
            _listener.Dispose();
        }
    }
}
