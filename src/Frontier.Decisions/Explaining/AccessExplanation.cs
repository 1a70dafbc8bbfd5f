// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Access;

namespace Frontier.Decisions.Explaining;

/// <summary>The verdict of <see cref="AccessCheck"/> in words.</summary>
public static class AccessExplanation
{
    /// <summary>What the signature came to, where one is asked for (§24).</summary>
    public static ExplainedAccess Of(SignatureVerdict verdict, int? status)
    {
        var (why, rule) = verdict switch
        {
            SignatureVerdict.Good => ("The request is signed by a key that the behavior trusts, for this URL, this viewer and this time.", "§24"),
            SignatureVerdict.MissingKey => ("The behavior asks for a signature, and the request has no Key-Pair-Id.", "DP-24.3"),
            SignatureVerdict.IncompleteCookies => ("Of the three cookies that sign together one is missing.", "DP-24.16"),
            SignatureVerdict.UnknownKey => ("The Key-Pair-Id is no public key of a key group that the behavior trusts.", "DP-24.3"),
            SignatureVerdict.Repeated => ("A signing parameter stands in the query twice.", "DP-24.6"),
            SignatureVerdict.UnknownHash => ("Hash-Algorithm is neither SHA1 nor SHA256.", "DP-24.2"),
            SignatureVerdict.MalformedSignature => ("The Signature is missing, or not in CloudFront's base64.", "DP-24.1"),
            SignatureVerdict.MalformedPolicy => ("Policy or Expires is missing, or says something that no policy says.", "DP-24.8"),
            SignatureVerdict.WrongResource => ("The policy's Resource is another URL than this one: scheme, host as sent, path and query count.", "DP-24.9"),
            SignatureVerdict.WrongAddress => ("The policy's IpAddress is not the viewer's; a viewer that comes by IPv6 has none.", "DP-24.8"),
            SignatureVerdict.NotYetValid => ("The policy's DateGreaterThan lies ahead.", "DP-24.4"),
            SignatureVerdict.Expired => ("Its time is over.", "DP-24.5"),
            SignatureVerdict.WrongSignature => ("The signature is not by that key for this text; for a canned policy the text is made of the URL, so that may be another one.", "DP-24.4"),
        };
        return new ExplainedAccess(verdict is SignatureVerdict.Good, verdict is SignatureVerdict.Good ? "Signed" : verdict.ToString(), why, rule, status);
    }

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
