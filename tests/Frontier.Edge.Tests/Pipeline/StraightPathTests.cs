// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Http;
using Frontier.Http.Http1;
using Frontier.Http.Transport;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>What a hit costs. That it changes nothing is shown by <see cref="Oracle.DifferentialTests"/>.</summary>
public sealed class StraightPathTests
{
    /// <summary>Shorter than the turns that a connection without a pause gets on one thread.</summary>
    private const int WindowRequests = 16;

    private const int Requests = 8_000;
    private const int WarmRequests = 2_000;

    [Theory]
    [InlineData("/small", 1_000, true)]
    [InlineData("/middle", 16_384, true)]
    [InlineData("/large", 300_000, true)]
    [InlineData("/small", 1_000, false)]
    [InlineData("/middle", 16_384, false)]
    [InlineData("/large", 300_000, false)]
    [InlineData("/", 100, true)]
    public async Task A_hit_allocates_nothing_from_the_first_byte_received_to_the_last_one_sent_its_log_line_included(string path, int bytes, bool takesAtOnce)
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultRootObject = "root" });
        edge.Origin.On(path == "/" ? "/root" : path).Reply(200, new string('x', bytes), ("Cache-Control", "max-age=60"), ("Content-Type", "text/plain"));
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync(path)).Cache == "Hit from cloudfront");
        await AssertFreeAsync(edge, path, bytes, takesAtOnce);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signed_hit_allocates_nothing_once_its_signature_was_verified(bool isCustom)
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Signers = [TestSigner.Rsa];
        edge.Configure(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { Signers = new Contracts.SignersConfig([TestSigner.Rsa.Id]) } });
        await edge.DeployedAsync();
        edge.Origin.On("/film").Reply(200, new string('x', 1_000), ("Cache-Control", "max-age=60"), ("Content-Type", "text/plain"));
        var end = edge.Clock.GetUtcNow().AddHours(1);
        var url = $"http://{TestEdge.Host}/film";
        var signed = isCustom
            ? TestSigner.Rsa.Custom(url, $$$"""{"Statement":[{"Resource":"http*://{{{TestEdge.Host}}}/*","Condition":{"DateLessThan":{"AWS:EpochTime":{{{end.ToUnixTimeSeconds()}}} } }}]}""")
            : TestSigner.Rsa.Canned(url, end);
        var path = signed[$"http://{TestEdge.Host}".Length..];
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync(path)).Cache == "Hit from cloudfront");
        await AssertFreeAsync(edge, path, 1_000, takesAtOnce: true);
    }

    private static async Task AssertFreeAsync(TestEdge edge, string path, int bytes, bool takesAtOnce)
    {
        edge.Records.Stop(); // the tests' own sink keeps copies

        var connection = new RepeatingConnection(
            $"GET {path} HTTP/1.1\r\nHost: {TestEdge.Host}\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: */*\r\nAccept-Encoding: gzip, br\r\nReferer: https://a.example/\r\nCookie: a=b\r\n\r\n",
            takesAtOnce);
        await new Http1Connection(connection, edge.Handler, new HttpServerLimits(), new ServerClock(edge.Clock)).RunAsync();

        // A connection that never waits gives way in one window of four, and now and then the log's writer is woken: these cost
        // some bytes, a hit does not.
        var windows = connection.AllocatedBytes;
        Assert.InRange(windows.Count, (Requests - WarmRequests) / WindowRequests / 2, Requests);
        Assert.InRange(windows.Count(static bytes => bytes == 0), windows.Count / 2, windows.Count);
        Assert.InRange(connection.SentBytes, (long)bytes * Requests, (long)(bytes + 1_000) * Requests);
    }

    [Fact]
    public async Task A_viewer_that_leaves_in_the_middle_of_a_hit_is_on_record()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/large").Reply(200, new byte[24_000_000], ("Cache-Control", "max-age=60"));
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/large")).Cache == "Hit from cloudfront");
        using (var viewer = await edge.ConnectAsync())
        {
            await viewer.GetAsync("/large?left");
            await viewer.ReadHeadAsync();
        }

        var record = await edge.Records.WaitForAsync(static record => record.Query == "left");
        Assert.Equal((200, ResultType.Error, ResultType.Hit, ErrorDetail.ClientCommError), (record.Status, record.Result, record.ResponseResult, record.Detail));
    }

    /// <summary>Sends one request again and again, takes whatever comes, and counts what its thread allocates between two of them.</summary>
    private sealed class RepeatingConnection(string request, bool takesAtOnce) : Connection
    {
        private readonly byte[] _request = Encoding.ASCII.GetBytes(request);
        private int _sent;
        private long _before;
        private int _thread;

        /// <summary>By window, of those that one thread began and ended.</summary>
        public List<long> AllocatedBytes { get; } = new(Requests);

        public long SentBytes { get; private set; }

        public override IPEndPoint Remote { get; } = new(IPAddress.Loopback, 50_000);

        public override TlsConnection? Tls => null;

        public override ValueTask WaitAsync() => ValueTask.CompletedTask;

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
        {
            if (_sent % WindowRequests == 0)
            {
                if (_sent > WarmRequests && _thread == Environment.CurrentManagedThreadId)
                {
                    AllocatedBytes.Add(GC.GetAllocatedBytesForCurrentThread() - _before);
                }

                _thread = Environment.CurrentManagedThreadId;
                _before = GC.GetAllocatedBytesForCurrentThread();
            }

            if (_sent == Requests)
            {
                return ValueTask.FromResult(0);
            }

            _sent++;
            _request.CopyTo(buffer);
            return ValueTask.FromResult(_request.Length);
        }

        public override int SendNow(ReadOnlySpan<byte> bytes)
        {
            var taken = takesAtOnce ? bytes.Length : 0;
            SentBytes += taken;
            return taken;
        }

        public override int SendNow(IList<ArraySegment<byte>> runs)
        {
            var taken = 0;
            for (var i = 0; takesAtOnce && i < runs.Count; i++)
            {
                taken += runs[i].Count;
            }

            SentBytes += taken;
            return taken;
        }

        public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
        {
            SentBytes += bytes.Length;
            return ValueTask.CompletedTask;
        }

        public override ValueTask EndAsync() => ValueTask.CompletedTask;

        public override void Abort()
        {
            // Nobody waits on it.
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
