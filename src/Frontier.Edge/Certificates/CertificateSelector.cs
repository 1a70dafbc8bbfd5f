// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net.Security;
using Frontier.Decisions.Matching;

namespace Frontier.Edge.Certificates;

/// <summary>
/// Picks the certificate for a server name (§22): one of its own for every name that belongs to a distribution, issued when it
/// is first asked for; the default one for anything else, so that nobody makes the edge issue certificates without end.
/// </summary>
internal sealed class CertificateSelector(LocalAuthority authority, EdgeState state, string domain)
{
    /// <summary>Wildcard aliases match any number of names, so the number kept is bounded; past it the default is served.</summary>
    private const int MaxIssued = 10_000;

    private readonly ConcurrentDictionary<string, Lazy<SslStreamCertificateContext>> _issued = new(StringComparer.Ordinal);
    private readonly Lazy<SslStreamCertificateContext> _default = new(() => authority.Issue("*." + domain));

    public SslStreamCertificateContext Select(string serverName)
    {
        Span<char> buffer = stackalloc char[HostName.MaxLength];
        if (!HostName.TryNormalize(serverName, buffer, out var length) || !HasWholeLabels(buffer[..length]) || !state.Routes.TryFind(buffer[..length], out _))
        {
            return _default.Value;
        }

        var name = buffer[..length].ToString();
        if (_issued.TryGetValue(name, out var issued))
        {
            return issued.Value;
        }

        return _issued.Count >= MaxIssued ? _default.Value : _issued.GetOrAdd(name, key => new(() => authority.Issue(key))).Value;
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
}
