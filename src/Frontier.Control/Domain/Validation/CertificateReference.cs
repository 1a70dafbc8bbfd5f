// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Certificates;

namespace Frontier.Control.Domain.Validation;

/// <summary>How a configuration names a certificate of ACM.</summary>
internal static class CertificateReference
{
    /// <summary>Why an ARN can be no certificate's of here; null when it can.</summary>
    public static string? FindFault(string arn, ValidationContext context) =>
        !CertificateArn.TryParse(arn, out var region, out var account, out _) ? $"'{arn}' is not the ARN of a certificate."
        : region != CertificateArn.Region ? $"'{arn}' is in {region}; import it in {CertificateArn.Region}."
        : account != context.AccountId ? $"'{arn}' is of another account; the one here is {context.AccountId}."
        : null;
}
