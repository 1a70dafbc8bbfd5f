// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;
using Frontier.Protocols.Tls;

namespace Frontier.Edge.Certificates;

/// <summary>
/// Picks the certificate for a server name (§22): the imported one where a distribution has one; else one of the authority's for every name
/// that belongs to a distribution, issued when it is first asked for and again before it expires; the default one for anything else,
/// so that nobody makes the edge issue certificates without end. Thread-safe.
/// </summary>
internal sealed class CertificateSelector(LocalAuthority authority, HeldCertificates held, EdgeState state, string domain, TimeProvider time)
{
    /// <summary>A wildcard alias matches any number of names, so strangers choose them: past this number the default is served.</summary>
    private const int MaxByWildcard = 1_000;

    /// <summary>How long before its end a certificate is replaced.</summary>
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    // Exact names are as many as are configured; they are kept apart so that strangers' names cannot crowd them out.
    private readonly ConcurrentDictionary<string, Lazy<ServedCertificate>> _exact = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<ServedCertificate>> _byWildcard = new(StringComparer.Ordinal);

    /// <summary>
    /// What a name is shown: the imported certificate of the distribution whose alias it is, or one of the authority's. A viewer that names
    /// nobody, or nobody's name, gets the default one (DP-22.4, DP-30.5). HTTP/2 is offered within TLS alone (DP-30.3).
    /// </summary>
    public ShownCertificate Select(string serverName)
    {
        Span<char> buffer = stackalloc char[HostName.MaxLength];
        if (!HostName.TryNormalize(serverName, buffer, out var length) || !HasWholeLabels(buffer[..length])
            || !state.Routes.TryFind(buffer[..length], out var distribution))
        {
            return new ShownCertificate(Default, SecurityPolicies.OfDefaultCertificate, true);
        }

        var name = buffer[..length];
        // What cannot be read, which the log has, is no reason to keep viewers out who look away.
        var served = distribution.CertificateFor(name) is { } imported && held.Find(imported.Fingerprint) is { } found ? found : For(name.ToString(), distribution);
        return new ShownCertificate(served, distribution.PolicyFor(name), distribution.Http2);
    }

    private ServedCertificate Default => Current(_exact, "*." + domain);

    private ServedCertificate For(string name, DistributionModel distribution)
    {
        if (name == distribution.DomainName || distribution.Aliases.Contains(name))
        {
            return Current(_exact, name);
        }

        return _byWildcard.ContainsKey(name) || _byWildcard.Count < MaxByWildcard ? Current(_byWildcard, name) : Default;
    }

    private ServedCertificate Current(ConcurrentDictionary<string, Lazy<ServedCertificate>> issued, string name)
    {
        var found = issued.GetOrAdd(name, New);
        if (found.Value.Context.TargetCertificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime < RenewBefore)
        {
            issued.TryUpdate(name, New(name), found);
            found = issued[name];
        }

        return found.Value;
    }

    /// <summary>Under a wildcard alias a viewer names what it likes, but a certificate holds only labels of 1 to 63 characters (RFC 1035, section 2.3.4).</summary>
    private static bool HasWholeLabels(ReadOnlySpan<char> name)
    {
        foreach (var label in name.Split('.'))
        {
            if (name[label].Length is 0 or > 63)
            {
                return false;
            }
        }

        return true;
    }

    private Lazy<ServedCertificate> New(string name) => new(() => new ServedCertificate(authority.Issue(name)));
}
