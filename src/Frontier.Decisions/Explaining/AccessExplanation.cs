// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Access;

namespace Frontier.Decisions.Explaining;

/// <summary>The verdict of <see cref="AccessCheck"/> in words.</summary>
public static class AccessExplanation
{
    /// <param name="status">The status of what the edge answers; null when it lets the request on.</param>
    public static ExplainedAccess Of(AccessVerdict verdict, int? status = null, string? location = null)
    {
        var (why, rule) = verdict switch
        {
            AccessVerdict.Allowed => ("Protocol, method and body are what the behavior allows.", "§4"),
            AccessVerdict.CountryBlocked => ("The distribution is not served to the country that the viewer's address belongs to.", "DP-23.1"),
            AccessVerdict.MovedToHttps => ("The behavior redirects http to https.", "DP-4.1"),
            AccessVerdict.TemporarilyMovedToHttps => ("The behavior redirects http to https; 307 keeps method and body.", "DP-4.2"),
            AccessVerdict.HttpsOnly => ("The behavior answers https only, or the viewer would not understand the redirect.", "§4"),
            AccessVerdict.MethodNotAllowed => ("The behavior does not allow this method.", "DP-4.3"),
            AccessVerdict.BodyNotAllowed => ("GET and HEAD may have no body.", "DP-4.5"),
            AccessVerdict.Loop => ("It has passed two distributions already.", "DP-2.11"),
        };
        return new ExplainedAccess(verdict is AccessVerdict.Allowed, verdict.ToString(), why, rule, status, location);
    }
}
