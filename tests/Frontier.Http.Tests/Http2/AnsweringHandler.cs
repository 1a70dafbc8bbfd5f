// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Tests.Http2;

/// <summary>Answers as a test says; refuses with a bare status.</summary>
internal sealed class AnsweringHandler(Func<HttpExchange, ValueTask> answer) : IExchangeHandler
{
    public int Requests { get; private set; }

    public List<int> Refusals { get; } = [];

    public ValueTask HandleAsync(HttpExchange exchange)
    {
        Requests++;
        return answer(exchange);
    }

    public ValueTask RefuseAsync(HttpExchange exchange, int status)
    {
        Refusals.Add(status);
        return exchange.StartAsync(new Protocols.Http.ResponseHead { Status = status }, 0, CancellationToken.None);
    }
}
