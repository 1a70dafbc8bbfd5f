// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Certificates;

/// <summary>The statuses that an imported certificate can have (NB-6.4).</summary>
internal static class CertificateStatus
{
    public const string Issued = "ISSUED";
    public const string Expired = "EXPIRED";
}
