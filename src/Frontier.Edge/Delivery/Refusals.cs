// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;
using Frontier.Edge.Pipeline;
using Frontier.Http;
using Frontier.Usage;

namespace Frontier.Edge.Delivery;

/// <summary>
/// Answers what is no request for any distribution: a target or a head that is too long or not sound (§5). It gets the page of
/// §32 with an id, so that it can be spoken of, and the end of its connection; it is in no log.
/// </summary>
internal sealed class Refusals(Admission admission, AnswerDelivery delivery)
{
    public async ValueTask RefuseAsync(HttpExchange exchange, int status)
    {
        using var context = admission.Begin(exchange);
        await using var answer = EdgeAnswer.Error(context, status, ErrorPage.BadRequest, ErrorDetail.InvalidRequest);
        exchange.EndConnection();
        try
        {
            await delivery.SendAsync(context, answer);
        }
        catch (Exception error) when (error is ViewerGoneException or OperationCanceledException)
        {
            // There is nobody left to tell.
        }
    }
}
