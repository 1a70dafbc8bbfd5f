// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>A promise that the access check breaks.</summary>
internal static class PreflightRefused
{
    public static LintRule Rule { get; } = LintRule.OfBehavior(
        "preflight-refused", LintSeverity.Advice, "AllowedMethods",
        "A response headers policy allows methods that need a preflight, and the behavior refuses OPTIONS.",
        "Allow GET, HEAD and OPTIONS at least, or use a policy that allows GET and HEAD only.",
        Judge);

    private static LintRemark? Judge(LintedBehavior behavior)
    {
        var promised = behavior.Model.ResponseHeadersPolicy?.Cors is { } cors && (Allows(cors, "PUT"u8) || Allows(cors, "DELETE"u8) || Allows(cors, "PATCH"u8));
        return promised && !behavior.Model.AllowedMethods.Contains(RequestMethod.Options)
            ? $"{behavior.Name} answers 403 to the preflight of the methods that its response headers policy allows."
            : (LintRemark?)null;
    }

    private static bool Allows(CorsModel cors, ReadOnlySpan<byte> method) => cors.AllowMethods.AsSpan().IndexOf(method) >= 0;
}
