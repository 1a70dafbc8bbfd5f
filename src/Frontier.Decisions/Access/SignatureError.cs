// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Decisions.Access;

/// <summary>The bodies of refusals (§24): CloudFront's five, one line each, of type <c>text/xml</c> with status 403.</summary>
public static class SignatureError
{
    private static readonly byte[] _missingKey = Render("MissingKey", "Missing Key-Pair-Id query parameter or cookie value");
    private static readonly byte[] _invalidKey = Render("InvalidKey", "Unknown Key");
    private static readonly byte[] _accessDenied = Render("AccessDenied", "Access denied");
    private static readonly byte[] _malformedSignature = Render("MalformedSignature", "Could not unencode Signature");
    private static readonly byte[] _malformedPolicy = Render("MalformedPolicy", "Malformed Policy");

    /// <summary>DP-24.4: which of the checks on a well-formed request failed is not told.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The verdict is no refusal.</exception>
    public static byte[] Body(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Good => throw new ArgumentOutOfRangeException(nameof(verdict)),
        SignatureVerdict.MissingKey or SignatureVerdict.IncompleteCookies => _missingKey,
        SignatureVerdict.UnknownKey => _invalidKey,
        SignatureVerdict.MalformedSignature => _malformedSignature,
        SignatureVerdict.MalformedPolicy => _malformedPolicy,
        SignatureVerdict.Repeated or SignatureVerdict.UnknownHash or SignatureVerdict.WrongResource or SignatureVerdict.WrongAddress or SignatureVerdict.NotYetValid
            or SignatureVerdict.Expired or SignatureVerdict.WrongSignature => _accessDenied,
    };

    private static byte[] Render(string code, string message) =>
        Encoding.ASCII.GetBytes($"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>""");
}
