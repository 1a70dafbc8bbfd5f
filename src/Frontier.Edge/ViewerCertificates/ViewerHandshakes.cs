// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Runtime.CompilerServices;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;
using Frontier.Decisions.ViewerCertificates;

namespace Frontier.Edge.ViewerCertificates;

/// <summary>Asks viewers for certificates while they connect, where the distribution that they name wants them (DP-31.4). Thread-safe.</summary>
internal sealed class ViewerHandshakes(EdgeState state, ViewerCertificateRefusals refusals, TimeProvider time)
{
    // Which certificate of ours, together with the names of which authorities; both go when nobody else holds them.
    private readonly ConditionalWeakTable<SslStreamCertificateContext, ConditionalWeakTable<TrustStoreModel, SslStreamCertificateContext>> _advertising = [];

    /// <summary>Completes the options for a handshake that names <paramref name="serverName"/>, which is empty without one.</summary>
    public void Complete(string serverName, SslServerAuthenticationOptions options)
    {
        Span<char> name = stackalloc char[HostName.MaxLength];
        if (!HostName.TryNormalize(serverName, name, out var length) || !state.Routes.TryFind(name[..length], out var distribution)
            || distribution.ViewerCertificates is not { } asked)
        {
            return;
        }

        options.ClientCertificateRequired = true;
        options.RemoteCertificateValidationCallback = new ViewerHandshake(asked, error => refusals.Note(distribution.Id, error)).Judge;
        options.CertificateChainPolicy = ViewerCertificateCheck.PolicyFor(asked, time.GetUtcNow());
        options.AllowTlsResume = false; // a resumed session would bring the certificate of another time, or of another distribution
        if (asked is { AdvertisesAuthorities: true, Store: { } store } && options.ServerCertificateContext is { } own)
        {
            options.ServerCertificateContext = _advertising.GetValue(own, static _ => []).GetValue(store, store => Advertising(own, store));
        }
    }

    private static SslStreamCertificateContext Advertising(SslStreamCertificateContext own, TrustStoreModel store) => SslStreamCertificateContext.Create(
        own.TargetCertificate, [.. own.IntermediateCertificates], offline: true, SslCertificateTrust.CreateForX509Collection([.. store.Roots, .. store.Intermediates], sendTrustInHandshake: true));
}
