// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.ViewerCertificates;

/// <summary>Why a connection was refused for its certificate (DP-31.5); the member names, with <c>ClientCert</c> before them, are the words of the log.</summary>
public enum ViewerCertificateError
{
    None,
    Missing,
    MaxChainDepthExceeded,
    MaxSizeExceeded,
    TypeUnsupported,
    Untrusted,
    NotYetValid,
    Expired,
    IntentInvalid,
    Invalid,
}

public static class ViewerCertificateErrors
{
    extension(ViewerCertificateError error)
    {
        public string LogName => error switch
        {
            ViewerCertificateError.None => "Success",
            ViewerCertificateError.Missing => "ClientCertMissing",
            ViewerCertificateError.MaxChainDepthExceeded => "ClientCertMaxChainDepthExceeded",
            ViewerCertificateError.MaxSizeExceeded => "ClientCertMaxSizeExceeded",
            ViewerCertificateError.TypeUnsupported => "ClientCertTypeUnsupported",
            ViewerCertificateError.Untrusted => "ClientCertUntrusted",
            ViewerCertificateError.NotYetValid => "ClientCertNotYetValid",
            ViewerCertificateError.Expired => "ClientCertExpired",
            ViewerCertificateError.IntentInvalid => "ClientCertIntentInvalid",
            ViewerCertificateError.Invalid => "ClientCertInvalid",
        };
    }
}
