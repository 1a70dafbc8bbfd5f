// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Certificates;

/// <summary>Why a certificate cannot be imported (NB-6.1). The two APIs that import call these by different names.</summary>
internal enum CertificateFaultKind
{
    /// <summary>Something is not the PEM it should be, or a kind that is not taken.</summary>
    Malformed,

    /// <summary>The private key is that of another certificate.</summary>
    KeyMismatch,

    /// <summary>It is not valid at this moment.</summary>
    NotCurrent,
}

/// <param name="Message">What is wrong and what to do.</param>
internal sealed record CertificateFault(CertificateFaultKind Kind, string Message);
