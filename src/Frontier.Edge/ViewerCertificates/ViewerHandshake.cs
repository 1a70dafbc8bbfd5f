// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Frontier.Decisions.Models;
using Frontier.Decisions.ViewerCertificates;

namespace Frontier.Edge.ViewerCertificates;

/// <summary>One handshake in which a viewer is asked for a certificate: what was asked, and what came. Its connection keeps it.</summary>
/// <param name="refused">Told of a connection that is refused.</param>
internal sealed class ViewerHandshake(ViewerCertificatesModel asked, Action<ViewerCertificateError> refused)
{
    public ViewerCertificatesModel Asked { get; } = asked;

    /// <summary>Null for none, and before the handshake has ended.</summary>
    public ViewerCertificateFacts? Certificate { get; private set; }

    /// <summary>Called by the platform once in a handshake, with or without a certificate.</summary>
    /// <param name="errors">What the platform makes of the chain; it is judged here by what the chain says itself.</param>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var leaf = certificate as X509Certificate2;
        var known = Asked.Store?.Intermediates ?? [];
        X509Certificate2[] sent = [.. (chain?.ChainPolicy.ExtraStore ?? []).Where(other => !known.Contains(other) && !other.Equals(leaf))];
        var error = ViewerCertificateCheck.Decide(Asked, leaf, sent, chain);
        if (error is not ViewerCertificateError.None)
        {
            refused(error);
            return false;
        }

        Certificate = leaf is null ? null : new ViewerCertificateFacts(leaf, sent, isTrusted: Asked.Store is not null);
        return true;
    }
}
