// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net.Security;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;

namespace Frontier.Edge.Certificates;

/// <summary>
/// Picks the certificate for a server name (§22): one of its own for every name that belongs to a distribution, issued when it
/// is first asked for and again before it expires; the default one for anything else, so that nobody makes the edge issue
/// certificates without end. Thread-safe.
/// </summary>
internal sealed class CertificateSelector(LocalAuthority authority, EdgeState state, string domain, TimeProvider time)
{
    /// <summary>A wildcard alias matches any number of names, so strangers choose them: past this number the default is served.</summary>
    private const int MaxByWildcard = 1_000;

    /// <summary>How long before its end a certificate is replaced.</summary>
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    // Exact names are as many as are configured; they are kept apart so that strangers' names cannot crowd them out.
    private readonly ConcurrentDictionary<string, Lazy<SslStreamCertificateContext>> _exact = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<SslStreamCertificateContext>> _byWildcard = new(StringComparer.Ordinal);

    /// <summary>
    /// The certificate, and whether HTTP/2 is offered on the connection: the distribution's choice (HttpVersion), and within TLS
    /// alone (DP-30.3). A viewer that names nobody gets the default one (DP-30.5).
    /// </summary>
    public (SslStreamCertificateContext Certificate, bool OffersHttp2) Select(string serverName)
    {
        Span<char> buffer = stackalloc char[HostName.MaxLength];
        if (!HostName.TryNormalize(serverName, buffer, out var length) || !HasWholeLabels(buffer[..length])
            || !state.Routes.TryFind(buffer[..length], out var distribution))
        {
            return (Current(_exact, "*." + domain), true);
        }

        var name = buffer[..length].ToString();
        return (For(name, distribution), distribution.Http2);
    }

    private SslStreamCertificateContext For(string name, DistributionModel distribution)
    {
        if (name == distribution.DomainName || distribution.Aliases.Contains(name))
        {
            return Current(_exact, name);
        }

        return _byWildcard.ContainsKey(name) || _byWildcard.Count < MaxByWildcard ? Current(_byWildcard, name) : Current(_exact, "*." + domain);
    }

    private SslStreamCertificateContext Current(ConcurrentDictionary<string, Lazy<SslStreamCertificateContext>> issued, string name)
    {
        var found = issued.GetOrAdd(name, New);
        if (found.Value.TargetCertificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime < RenewBefore)
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

    private Lazy<SslStreamCertificateContext> New(string name) => new(() => authority.Issue(name));
}
