// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Access;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Delivery;

/// <summary>Whether an error is answered with a page of the distribution (§19).</summary>
public static class ErrorPageChoice
{
    /// <param name="status">Of the answer that would be sent; one under 400 is no error.</param>
    /// <param name="lacksCapacity">The edge itself has no room for the request: it would have none for the page's either (DP-19.9).</param>
    /// <returns>Null to send the answer as it is.</returns>
    public static ErrorResponseConfig? Decide(RequestHead request, DistributionModel distribution, int status, bool lacksCapacity)
    {
        if (status < 400 || lacksCapacity || distribution.ErrorPage(status) is not { } page)
        {
            return null;
        }

        // A request that runs in a circle is to end here. Asked for a page, every round would make another (DP-2.11).
        return AccessCheck.PassedDistributions(request.Headers) < AccessCheck.MaxDistributions ? page : null;
    }
}
