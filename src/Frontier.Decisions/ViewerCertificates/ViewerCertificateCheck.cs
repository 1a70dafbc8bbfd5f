// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.ViewerCertificates;

/// <summary>Judges the certificate that a viewer has shown while it connected (DP-31.4, DP-31.5). Nobody is asked over the network.</summary>
public static class ViewerCertificateCheck
{
    /// <summary>DP-31.4: of the certificate to the authority that is its own issuer, both counted.</summary>
    public const int MaxChainDepth = 4;

    /// <summary>DP-31.4, of each certificate.</summary>
    public const int MaxCertificateBytes = 16_384;

    private const string ForViewers = "1.3.6.1.5.5.7.3.2"; // RFC 5280, section 4.2.1.12: id-kp-clientAuth

    private const X509ChainStatusFlags NotTrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>How a chain is built that can be judged. Each handshake needs one of its own.</summary>
    public static X509ChainPolicy PolicyFor(ViewerCertificatesModel model, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTimeIgnored = false,
            VerificationTime = now.UtcDateTime,
            ApplicationPolicy = { new Oid(ForViewers) },
        };
        if (model.Store is { } store)
        {
            policy.CustomTrustStore.AddRange(store.Roots);
            policy.ExtraStore.AddRange(store.Intermediates);
        }

        return policy;
    }

    /// <param name="leaf">Null for none.</param>
    /// <param name="sent">What the viewer has sent beside it.</param>
    /// <param name="chain">Built by <see cref="PolicyFor"/>; null where there is no certificate.</param>
    public static ViewerCertificateError Decide(ViewerCertificatesModel model, X509Certificate2? leaf, IReadOnlyCollection<X509Certificate2> sent, X509Chain? chain)
    {
        if (leaf is null)
        {
            return model.Mode is ViewerCertificateMode.Required ? ViewerCertificateError.Missing : ViewerCertificateError.None;
        }

        if (sent.Append(leaf).Any(static certificate => certificate.RawDataMemory.Length > MaxCertificateBytes))
        {
            return ViewerCertificateError.MaxSizeExceeded;
        }

        if (model.Mode is ViewerCertificateMode.Passthrough)
        {
            return sent.Count + 1 > MaxChainDepth ? ViewerCertificateError.MaxChainDepthExceeded : ViewerCertificateError.None;
        }

        return !HasUsualKey(leaf) ? ViewerCertificateError.TypeUnsupported
            : chain is null ? ViewerCertificateError.Invalid
            : chain.ChainElements.Count > MaxChainDepth ? ViewerCertificateError.MaxChainDepthExceeded
            : Judge(chain, model.IgnoresExpiry);
    }

    private static ViewerCertificateError Judge(X509Chain chain, bool ignoresExpiry)
    {
        var found = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, static (all, status) => all | status.Status);
        if ((found & NotTrusted) != 0)
        {
            return ViewerCertificateError.Untrusted;
        }

        if (found.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            if (chain.ChainElements.Any(element => element.Certificate.NotBefore.ToUniversalTime() > chain.ChainPolicy.VerificationTime))
            {
                return ViewerCertificateError.NotYetValid;
            }

            if (!ignoresExpiry)
            {
                return ViewerCertificateError.Expired;
            }
        }

        if (found.HasFlag(X509ChainStatusFlags.NotValidForUsage))
        {
            return ViewerCertificateError.IntentInvalid;
        }

        return (found & ~X509ChainStatusFlags.NotTimeValid) == X509ChainStatusFlags.NoError && chain.ChainElements.Count > 0 ? ViewerCertificateError.None : ViewerCertificateError.Invalid;
    }

    private static bool HasUsualKey(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            using var ecdsa = certificate.GetECDsaPublicKey();
            return rsa is not null || ecdsa is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
