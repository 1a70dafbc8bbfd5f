// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>Each failure of §11 and §33.</summary>
public sealed class FailuresTests
{
    [Theory]
    [InlineData(OriginFailure.DnsError, 502, "OriginDnsError")]
    [InlineData(OriginFailure.ConnectError, 502, "OriginConnectError")]
    [InlineData(OriginFailure.ConnectTimeout, 504, "OriginConnectError")]
    [InlineData(OriginFailure.TlsError, 502, "OriginConnectError")]
    [InlineData(OriginFailure.ReadTimeout, 504, "OriginCommError")]
    [InlineData(OriginFailure.CompletionTimeout, 504, "OriginCommError")]
    [InlineData(OriginFailure.ClosedEarly, 502, "OriginCommError")]
    [InlineData(OriginFailure.InvalidResponse, 502, "OriginInvalidResponseError")]
    [InlineData(OriginFailure.HeaderTooBig, 502, "OriginHeaderTooBigError")]
    [InlineData(OriginFailure.WriteError, 502, "OriginWriteError")]
    [InlineData(OriginFailure.Forbidden, 502, "OriginForbiddenError")]
    [InlineData(OriginFailure.ViewerGone, 0, "ClientCommError")]
    public void A_failure_has_the_status_and_the_detailed_result_type_of_the_specification(OriginFailure failure, int status, string type)
    {
        Assert.Equal(status, failure.Status);
        Assert.Equal(type, failure.DetailedResultType);
    }

    [Fact]
    public async Task A_name_without_addresses_is_a_DNS_error()
    {
        await using var bench = new OriginBench(resolver: new OriginBench.Names());
        bench.Endpoint = bench.Endpoint with { Host = "nowhere.example" };

        Assert.Equal(OriginFailure.DnsError, await bench.FailAsync("/"));
    }

    [Fact]
    public async Task A_name_without_an_address_of_the_wanted_family_is_a_DNS_error()
    {
        await using var bench = new OriginBench(resolver: new OriginBench.Names(("six.example", [IPAddress.IPv6Loopback])));
        bench.Endpoint = bench.Endpoint with { Host = "six.example" };

        Assert.Equal(OriginFailure.DnsError, await bench.FailAsync("/"));
    }

    [Fact]
    public async Task A_refused_port_is_a_connect_error()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { Port = UnusedPort() };

        Assert.Equal(OriginFailure.ConnectError, await bench.FailAsync("/"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public async Task A_close_before_the_head_is_tried_again_as_often_as_configured(int attempts, int requests)
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { ConnectionAttempts = attempts };
        bench.Origin.On("/x").Raw("", ScriptedEnding.CloseSilently);

        Assert.Equal(OriginFailure.ClosedEarly, await bench.FailAsync("/x"));
        Assert.Equal(requests, bench.Origin.Requests("/x"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_not_repeated_once_sent(string method)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/x").Raw("", ScriptedEnding.CloseSilently);

        Assert.Equal(OriginFailure.ClosedEarly, await bench.FailAsync("/x", method));
        Assert.Equal(1, bench.Origin.Requests("/x"));
    }

    [Fact]
    public async Task A_second_attempt_that_succeeds_is_the_answer()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/x").Once(new ScriptedReply { Raw = "HTTP/1.1 200 O"u8.ToArray(), Ending = ScriptedEnding.CloseSilently }).Reply(200, "v1");

        Assert.Equal("v1", await bench.GetAsync("/x"));
        Assert.Equal(2, bench.Origin.Requests("/x"));
    }

    [Theory]
    [InlineData(ScriptedEnding.CloseSilently)]
    [InlineData(ScriptedEnding.Reset)]
    public async Task A_body_cut_short_is_not_taken_for_whole(ScriptedEnding ending)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/x").Reply(200, "0123456789").EndConnection(ending, afterBodyBytes: 4);

        var result = await bench.SendAsync("/x");

        await using var response = result.Response!;
        var (body, failure) = await OriginBench.ReadToEndAsync(response);
        Assert.Equal(OriginFailure.ClosedEarly, failure);
        Assert.Equal(ending is ScriptedEnding.Reset ? "0123"[..body.Length] : "0123", body); // a reset may overtake data
        Assert.Equal(OriginFailure.ClosedEarly, (await OriginBench.ReadAsync(response, new byte[9])).Failure);
    }

    [Fact]
    public async Task A_chunked_body_without_its_last_chunk_is_not_taken_for_whole()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/x").Reply(200, "0123456789").Chunked(5).EndConnection(ScriptedEnding.CloseSilently, afterBodyBytes: 10);

        var result = await bench.SendAsync("/x");

        await using var response = result.Response!;
        Assert.Equal(("0123456789", OriginFailure.ClosedEarly), await OriginBench.ReadToEndAsync(response));
    }

    [Fact]
    public async Task A_head_beyond_the_limit_is_a_header_too_big()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/big").Reply(200, "", ("X-Big", new string('b', 33_000)));

        Assert.Equal(OriginFailure.HeaderTooBig, await bench.FailAsync("/big"));
        Assert.Equal(1, bench.Origin.Requests("/big"));
    }

    [Fact]
    public async Task A_head_of_exactly_the_limit_is_accepted()
    {
        await using var bench = new OriginBench();
        const string rest = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Big: \r\n\r\n";
        var raw = rest.Replace("X-Big: ", "X-Big: " + new string('b', 32_768 - rest.Length), StringComparison.Ordinal);
        bench.Origin.On("/big").Raw(raw);

        Assert.Equal("", await bench.GetAsync("/big"));
    }

    [Fact]
    public async Task A_cancelled_request_throws_and_leaves_no_connection()
    {
        await using var bench = new OriginBench();
        using var cancelling = new CancellationTokenSource();
        bench.Origin.On("/held").Hold().Reply(200);
        var pending = bench.Client.SendAsync(bench.Request("/held"), cancelling.Token).AsTask();
        await bench.Origin.WaitForRequestsAsync("/held", 1);

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.WaitAsync(ScriptedOrigin.Patience));
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task A_cancelled_read_of_a_body_throws_and_leaves_no_connection()
    {
        await using var bench = new OriginBench();
        using var cancelling = new CancellationTokenSource();
        bench.Origin.On("/s").Reply(200, "0123456789").StallAfter(0);
        var result = await bench.SendAsync("/s");
        var response = result.Response!;
        var pending = response.ReadAsync(new byte[10], cancelling.Token).AsTask();

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.WaitAsync(ScriptedOrigin.Patience));
        await response.DisposeAsync();
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    internal static int UnusedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
