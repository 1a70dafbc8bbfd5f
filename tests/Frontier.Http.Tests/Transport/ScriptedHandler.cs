// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Transport;

/// <summary>Answers as a test says, and refuses with a bare status. Counts both.</summary>
internal sealed class ScriptedHandler(Func<HttpExchange, ValueTask> answer) : IExchangeHandler
{
    private int _requests;

    public int Requests => Volatile.Read(ref _requests);

    public ConcurrentQueue<int> Refusals { get; } = new();

    public ValueTask HandleAsync(HttpExchange exchange)
    {
        Interlocked.Increment(ref _requests);
        return answer(exchange);
    }

    public ValueTask RefuseAsync(HttpExchange exchange, int status)
    {
        Refusals.Enqueue(status);
        return exchange.StartAsync(new ResponseHead { Status = status }, 0, CancellationToken.None);
    }
}
