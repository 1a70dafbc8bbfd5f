// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http2;

/// <summary>Many requests of all kinds at once, some of them taken back, answered from whatever thread: none gets another's answer, and none is forgotten.</summary>
public sealed class SoakTests
{
    private const int Workers = 24, RequestsOfEach = 60;

    [Fact]
    public async Task Every_request_gets_its_own_answer()
    {
        await using var server = new SocketServer(AnswerAsync);
        var whole = 0;
        using (var client = server.Client())
        {
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
            {
                var random = new Random(worker);
                for (var i = 0; i < RequestsOfEach; i++)
                {
                    Interlocked.Add(ref whole, await AskAsync(client, random) ? 1 : 0);
                }
            })));
        }

        Assert.True(whole > Workers * RequestsOfEach / 2, $"{whole}");
    }

    private static async Task<bool> AskAsync(HttpClient client, Random random)
    {
        var kind = random.Next(4);
        var length = random.Next(5) == 0 ? random.Next(300_000) : random.Next(3_000);
        using var patience = new CancellationTokenSource();
        var takesBack = random.Next(5) == 0;
        try
        {
            using var request = new HttpRequestMessage(kind == 3 ? HttpMethod.Post : HttpMethod.Get, $"/{kind}?{length}") { Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy };
            request.Headers.Add("priority", $"u={random.Next(8)}{(random.Next(2) == 0 ? ", i" : "")}");
            if (kind == 3)
            {
                request.Content = new ByteArrayContent(AnswersTests.Pattern(length));
            }

            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (takesBack)
            {
                await patience.CancelAsync();
            }

            var body = await answer.Content.ReadAsByteArrayAsync(patience.Token);
            Assert.True(body.AsSpan().SequenceEqual(AnswersTests.Pattern(length)), $"{kind} {length}");
            return true;
        }
        catch (OperationCanceledException) when (takesBack)
        {
            return false;
        }
    }

    private static async ValueTask AnswerAsync(HttpExchange exchange)
    {
        var length = int.Parse(Encoding.ASCII.GetString(exchange.Request.Query), CultureInfo.InvariantCulture);
        var body = AnswersTests.Pattern(length);
        switch (exchange.Request.Path[1])
        {
            case (byte)'0':
                await exchange.RespondAsync(new PreparedHead(AnswersTests.Head(200), length), new HeaderList(), new System.Buffers.ReadOnlySequence<byte>(body));
                break;
            case (byte)'1':
                await Task.Yield();
                await exchange.RespondAsync(new PreparedHead(AnswersTests.Head(200), length), new HeaderList(), new System.Buffers.ReadOnlySequence<byte>(body));
                break;
            case (byte)'2':
                await exchange.StartAsync(AnswersTests.Head(200), null, exchange.Aborted);
                for (var at = 0; at < length; at += 7_000)
                {
                    await exchange.WriteAsync(body.AsMemory(at, Math.Min(7_000, length - at)), exchange.Aborted);
                    await Task.Yield();
                }

                break;
            default:
                using (var received = new MemoryStream())
                {
                    while (await exchange.ReadBodyAsync(exchange.Aborted) is { IsEmpty: false } bytes)
                    {
                        received.Write(bytes.Span);
                    }

                    await exchange.StartAsync(AnswersTests.Head(200), received.Length, exchange.Aborted);
                    await exchange.WriteAsync(received.ToArray(), CancellationToken.None);
                }

                break;
        }
    }
}
