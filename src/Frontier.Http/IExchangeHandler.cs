// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http;

/// <summary>Answers exchanges. Called once per request, many at a time.</summary>
public interface IExchangeHandler
{
    Task HandleAsync(HttpExchange exchange);
}
