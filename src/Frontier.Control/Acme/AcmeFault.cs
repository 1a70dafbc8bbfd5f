// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Acme;

/// <summary>What became of a call that did not succeed, as far as it matters what to do next.</summary>
internal enum AcmeFaultKind
{
    /// <summary>The server is away, overloaded, or wants fewer calls. The same again, later.</summary>
    Later,

    /// <summary>The order came to nothing: a name was not found to reach the edges, or the order is gone. Another order, later.</summary>
    Order,

    /// <summary>The server will never issue this.</summary>
    Never,
}

/// <param name="Word">As ACM calls such a failure, e.g. <c>CAA_ERROR</c>.</param>
/// <param name="Text">What the server said, for a person.</param>
/// <param name="RetryAfter">When the server wants to be asked again; null where it does not say.</param>
internal sealed record AcmeFault(AcmeFaultKind Kind, string Word, string Text, DateTimeOffset? RetryAfter = null)
{
    private const string Prefix = "urn:ietf:params:acme:error:";

    /// <summary>Longer texts are cut: they are stored, and a server may say what it likes.</summary>
    private const int LongestText = 1_000;

    /// <summary>RFC 8555, section 6.5: the same again, with another nonce.</summary>
    public bool IsBadNonce { get; private init; }

    /// <summary>The account is gone, or the server another one: it is to be made again.</summary>
    public bool IsAccountGone { get; private init; }

    public static AcmeFault Unreachable(string why) => new(AcmeFaultKind.Later, "OTHER", Cut($"The ACME server does not answer: {why}"));

    public static AcmeFault OfOrder(string text) => new(AcmeFaultKind.Order, "OTHER", Cut(text));

    /// <summary>By the error's type (RFC 8555, section 6.7); what is not known there is tried again with another order.</summary>
    /// <param name="status">Of the answer; 0 for a problem inside of one that succeeded.</param>
    public static AcmeFault Of(AcmeProblemDocument? problem, int status, DateTimeOffset? retryAfter)
    {
        var type = problem?.Type ?? "";
        var name = type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : "";
        var (kind, word) = name switch
        {
            "caa" => (AcmeFaultKind.Never, "CAA_ERROR"),
            "rejectedIdentifier" or "unsupportedIdentifier" => (AcmeFaultKind.Never, "DOMAIN_NOT_ALLOWED"),
            "badCSR" or "badPublicKey" => (AcmeFaultKind.Never, "OTHER"),
            "unauthorized" or "connection" or "dns" or "tls" or "incorrectResponse" when status == 0 => (AcmeFaultKind.Order, "DOMAIN_VALIDATION_DENIED"),
            "malformed" or "orderNotReady" => (AcmeFaultKind.Order, "OTHER"),
            _ when status is 404 or 410 => (AcmeFaultKind.Order, "OTHER"),
            _ when status == 0 => (AcmeFaultKind.Order, "OTHER"),
            // Rate limits, the account's own affairs, and servers in trouble: time, or an operator, mends them.
            _ => (AcmeFaultKind.Later, "OTHER"),
        };
        return new AcmeFault(kind, word, Cut(Describe(problem, status, type)), retryAfter) { IsBadNonce = name == "badNonce", IsAccountGone = name == "accountDoesNotExist" };
    }

    private static string Describe(AcmeProblemDocument? problem, int status, string type)
    {
        var detail = string.Join(' ', new[] { problem?.Detail }.Concat(problem?.Subproblems?.Select(static inner => inner.Detail) ?? []).OfType<string>());
        return (detail.Length, type.Length) switch
        {
            ( > 0, > 0) => $"{detail} ({type})",
            ( > 0, _) => detail,
            (_, > 0) => type,
            _ => $"The ACME server answered {status} without a reason.",
        };
    }

    private static string Cut(string text)
    {
        var plain = string.Concat(text.Select(static character => char.IsControl(character) ? ' ' : character));
        return plain.Length <= LongestText ? plain : plain[..LongestText];
    }
}
