// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http;

/// <summary>Answers exchanges. Called once per request, many at a time.</summary>
public interface IExchangeHandler
{
    /// <summary>The answer has been handed over, or the exchange aborted, when this completes.</summary>
    ValueTask HandleAsync(HttpExchange exchange);

    /// <summary>
    /// Answers what is no request that could be served: its head is too long or not sound, and may be read only in part. Or one of a
    /// viewer, or of all viewers, that ask too much (<see cref="Limits.ViewerLimits"/>); its head is whole.
    /// </summary>
    /// <param name="status">400, 413, 414 or 505; 429 or 503 for too much.</param>
    ValueTask RefuseAsync(HttpExchange exchange, int status);
}
