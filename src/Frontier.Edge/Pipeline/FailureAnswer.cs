// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Edge.Origins;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>The page for an origin that gave no answer (§32, §33).</summary>
internal static class FailureAnswer
{
    /// <param name="kept">The head under which the failure is kept; null where it is not.</param>
    public static EdgeAnswer Of(RequestContext context, OriginFailure failure, StoredHead? kept = null)
    {
        var page = failure is OriginFailure.NoCapacity
            ? EdgeAnswer.NoCapacity(context)
            : EdgeAnswer.Error(context, failure.Status, Message(failure), Enum.Parse<ErrorDetail>(failure.DetailedResultType));
        return page.For(failure, kept);
    }

    private static string Message(OriginFailure failure) => failure switch
    {
        OriginFailure.DnsError => ErrorPage.OriginNotResolved,
        OriginFailure.ConnectError or OriginFailure.ConnectTimeout or OriginFailure.TlsError or OriginFailure.MutualTlsError => ErrorPage.OriginNotConnected,
        OriginFailure.ReadTimeout or OriginFailure.CompletionTimeout or OriginFailure.ClosedEarly or OriginFailure.WriteError or OriginFailure.Unsendable => ErrorPage.OriginClosed,
        OriginFailure.Forbidden => ErrorPage.OriginForbidden,
        OriginFailure.InvalidResponse or OriginFailure.HeaderTooBig or OriginFailure.ContentRangeMismatch => ErrorPage.OriginInvalid,
        OriginFailure.None or OriginFailure.ViewerGone or OriginFailure.NoCapacity => throw new InvalidOperationException("There is no page for this."),
    };
}
