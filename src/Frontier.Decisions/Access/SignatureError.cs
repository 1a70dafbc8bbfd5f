// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Decisions.Access;

/// <summary>The bodies of refusals (§24): CloudFront's five, one line each, of type <c>text/xml</c> with status 403.</summary>
public static class SignatureError
{
    private static readonly byte[] MissingKey = Render("MissingKey", "Missing Key-Pair-Id query parameter or cookie value");
    private static readonly byte[] InvalidKey = Render("InvalidKey", "Unknown Key");
    private static readonly byte[] AccessDenied = Render("AccessDenied", "Access denied");
    private static readonly byte[] MalformedSignature = Render("MalformedSignature", "Could not unencode Signature");
    private static readonly byte[] MalformedPolicy = Render("MalformedPolicy", "Malformed Policy");

    /// <summary>DP-24.4: which of the checks on a well-formed request failed is not told.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The verdict is no refusal.</exception>
    public static byte[] Body(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Good => throw new ArgumentOutOfRangeException(nameof(verdict)),
        SignatureVerdict.MissingKey or SignatureVerdict.IncompleteCookies => MissingKey,
        SignatureVerdict.UnknownKey => InvalidKey,
        SignatureVerdict.MalformedSignature => MalformedSignature,
        SignatureVerdict.MalformedPolicy => MalformedPolicy,
        SignatureVerdict.Repeated or SignatureVerdict.UnknownHash or SignatureVerdict.WrongResource or SignatureVerdict.WrongAddress or SignatureVerdict.NotYetValid
            or SignatureVerdict.Expired or SignatureVerdict.WrongSignature => AccessDenied,
    };

    private static byte[] Render(string code, string message) =>
        Encoding.ASCII.GetBytes($"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>""");
}
