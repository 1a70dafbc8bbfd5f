// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>How one attempt at a request ended, and whether another may follow.</summary>
/// <param name="MayRepeat">Another attempt may be made, as far as the endpoint's attempts go.</param>
/// <param name="MayRepeatUncounted">A pooled connection was closed under the request, as happens when an origin's idle timeout strikes at that moment: no attempt is counted.</param>
internal readonly record struct OriginAttempt(OriginResult Result, bool MayRepeat, bool MayRepeatUncounted)
{
    /// <summary>
    /// After a request was sent, only GET and HEAD are repeated (DP-11.1). A connection gone stale allows every idempotent
    /// method without a body; others not, as a proxy must not repeat what may have been done (RFC 9110, section 9.2.2).
    /// </summary>
    public static OriginAttempt Failed(OriginRequest request, OriginFailure failure, bool wentStale)
    {
        var bodiless = request.Body is null;
        var broke = failure is OriginFailure.ClosedEarly or OriginFailure.WriteError;
        var mayRepeat = bodiless && (request.Method is "GET" or "HEAD") && (broke || failure is OriginFailure.ReadTimeout);
        var idempotent = request.Method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE";
        return new OriginAttempt(OriginResult.Failed(failure), mayRepeat, bodiless && wentStale && broke && idempotent);
    }
}
