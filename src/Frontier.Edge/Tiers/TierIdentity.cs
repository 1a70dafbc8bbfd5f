// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts.Fleet;

namespace Frontier.Edge.Tiers;

/// <summary>Who this machine is towards others that serve objects, and how it knows them. Thread-safe.</summary>
internal sealed class TierIdentity(FleetIdentity identity, TimeProvider time)
{
    private volatile Shown _shown = Show(identity.Current);

    /// <summary>What is shown to whoever asks and to whoever is asked: the same object until it is renewed.</summary>
    public SslStreamCertificateContext Certificate
    {
        get
        {
            var (shown, current) = (_shown, identity.Current);
            if (!ReferenceEquals(shown.Of, current))
            {
                _shown = shown = Show(current); // two may both do that; either's stays
            }

            return shown.Context;
        }
    }

    /// <summary>The id of the machine that a certificate names; null for one that the fleet's authorities have not signed, or not for now, and for one that serves no objects.</summary>
    public string? NodeOf(X509Certificate? certificate) =>
        identity.Current.Trust.Read(certificate, time.GetUtcNow()) is { Role: NodeRole.Edge or NodeRole.Regional } name ? name.Id : null;

    private static Shown Show(FleetCredentials credentials) => new(credentials, SslStreamCertificateContext.Create(credentials.Certificate, null, offline: true));

    private sealed record Shown(FleetCredentials Of, SslStreamCertificateContext Context);
}
