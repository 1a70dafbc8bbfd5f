// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>The certificate by which an edge proves to an origin who it is (DP-11.8).</summary>
internal static class OriginCertificateValidation
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string AnyUse = "2.5.29.37.0";

    public static void Check(Origin origin, ValidationContext context, FaultList faults)
    {
        if (origin.Custom is not { MtlsCertificateArn: { } arn } custom)
        {
            return;
        }

        faults.Require(
            custom.ProtocolPolicy == "https-only", ApiErrors.InvalidArgument,
            $"The parameter OriginMtlsConfig of origin '{origin.Id}' needs the OriginProtocolPolicy https-only: over HTTP nothing would be shown.");
        if (FindFault(arn, CertificateUses.ForOrigin(origin), context) is { } fault)
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter ClientCertificateArn of origin '{origin.Id}' is not valid: {fault}");
        }
    }

    private static string? FindFault(string arn, string? id, ValidationContext context)
    {
        if (CertificateReference.FindFault(arn, context) is { } fault)
        {
            return fault;
        }

        if (id is null || context.FindCertificate(id) is not { Settings: { Name: null } settings })
        {
            return $"There is no certificate '{arn}'. See aws acm list-certificates.";
        }

        var uses = settings.Details.ExtendedKeyUsages;
        var status = settings.StatusAt(context.Now);
        return !uses.IsEmpty && !uses.Contains(ClientAuthentication) && !uses.Contains(AnyUse) ? "The certificate is not for clients: its extended key usage must be none or name clientAuth."
            : status != CertificateStatus.Issued && !context.ShowsNow(id) ? CertificateStatus.WhyNotUsable(status)
            : null;
    }
}
