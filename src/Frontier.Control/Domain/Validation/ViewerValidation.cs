// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>What concerns viewers: certificate, geo restriction, mutual TLS, logs (API-10.15 to API-10.18).</summary>
internal static class ViewerValidation
{
    private const int LongestPrefix = 256;

    public static void Check(DistributionSettings settings, FaultList faults)
    {
        CheckCertificate(settings.ViewerCertificate, faults);
        var restriction = settings.GeoRestriction;
        faults.Require(restriction.Type == "none" == restriction.Locations.IsEmpty, ApiErrors.InvalidGeoRestriction, ApiErrors.InvalidGeoRestriction.Message);
        foreach (var location in restriction.Locations.Where(static location => location is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z']))
        {
            faults.Add(ApiErrors.InvalidLocationCode, $"{ApiErrors.InvalidLocationCode.Message} ('{location}')");
        }

        var logging = settings.Logging;
        faults.Require(
            !logging.Enabled || (logging.Bucket.Length > 0 && logging.Prefix.Length <= LongestPrefix && !logging.Prefix.StartsWith('/')), ApiErrors.InvalidArgument,
            $"The parameter Logging needs a Bucket and a Prefix of at most {LongestPrefix} characters that does not begin with a slash.");
        faults.Require(!settings.Staging || settings.Aliases.IsEmpty, ApiErrors.InvalidArgument, "The parameter CNAME cannot be used in a staging distribution.");
    }

    private static void CheckCertificate(ViewerCertificate certificate, FaultList faults)
    {
        var chosen = (certificate.CloudFrontDefault ? 1 : 0) + (certificate.AcmCertificateArn is null ? 0 : 1) + (certificate.IamCertificateId is null ? 0 : 1);
        faults.Require(
            chosen == 1, ApiErrors.InvalidViewerCertificate,
            "Exactly one of CloudFrontDefaultCertificate, ACMCertificateArn and IAMCertificateId must be chosen.");
        if (certificate.CloudFrontDefault)
        {
            return;
        }

        faults.Require(certificate.SslSupportMethod is not null, ApiErrors.InvalidViewerCertificate, "The parameter SSLSupportMethod is required with a certificate of your own.");
        faults.Require(
            certificate is not { SslSupportMethod: "sni-only", MinimumProtocolVersion: "SSLv3" }, ApiErrors.InvalidProtocolSettings, ApiErrors.InvalidProtocolSettings.Message);
        faults.Require(
            certificate.SslSupportMethod != "vip" || certificate.MinimumProtocolVersion is "SSLv3" or "TLSv1",
            ApiErrors.InvalidMinimumProtocolVersion, ApiErrors.InvalidMinimumProtocolVersion.Message);
    }
}
