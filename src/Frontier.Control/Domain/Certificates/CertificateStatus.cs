// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Certificates;

/// <summary>The statuses that a certificate can have here (NB-6.4).</summary>
internal static class CertificateStatus
{
    public const string PendingValidation = "PENDING_VALIDATION";
    public const string Issued = "ISSUED";
    public const string Expired = "EXPIRED";
    public const string ValidationTimedOut = "VALIDATION_TIMED_OUT";
    public const string Failed = "FAILED";

    /// <summary>Why a certificate of another status than <see cref="Issued"/> cannot be used, and what to do.</summary>
    public static string WhyNotUsable(string status) => status switch
    {
        PendingValidation => "The certificate is not issued yet. Wait for it: aws acm wait certificate-validated.",
        Failed or ValidationTimedOut => "The certificate was never issued. See aws acm describe-certificate, and request another one.",
        _ => "The certificate has expired. Import another one.",
    };
}
