// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Protocols that were given up (RFC 8996).</summary>
internal static class OldOriginTls
{
    public static LintRule Rule { get; } = new(
        "old-origin-tls", LintSeverity.Warning,
        "An origin may be asked over SSLv3, TLSv1 or TLSv1.1.",
        "Set OriginSslProtocols to TLSv1.2 alone.")
    {
        Find = Find,
    };

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject)
    {
        foreach (var (origin, path) in subject.UsedOrigins.Where(static place => place.Origin is { S3: null, Protocol: not OriginProtocol.HttpOnly }))
        {
            string[] old = [.. origin.TlsProtocols.Where(static protocol => protocol != "TLSv1.2")];
            if (old.Length > 0)
            {
                var at = $"{path}.CustomOriginConfig.OriginSslProtocols";
                var why = $"Origin {origin.Id} may be asked over {ListedNames.Join(old)}, which can be broken.";
                yield return (at, origin.TlsProtocols.Contains("TLSv1.2") && !old.Contains("SSLv3") ? LintRemark.Advice(why) : why); // a newer one is preferred where both sides have it
            }
        }
    }
}
