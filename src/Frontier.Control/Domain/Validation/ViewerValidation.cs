// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Places;

namespace Frontier.Control.Domain.Validation;

/// <summary>What concerns viewers: certificate, geo restriction, mutual TLS, logs (API-10.17, API-10.18).</summary>
internal static class ViewerValidation
{
    private const int LongestPrefix = 256;

    public static void Check(DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        ViewerCertificateValidation.Check(settings, context, faults);
        var restriction = settings.GeoRestriction;
        faults.Require(restriction.Type == "none" == restriction.Locations.IsEmpty, ApiErrors.InvalidGeoRestriction, ApiErrors.InvalidGeoRestriction.Message);
        foreach (var location in restriction.Locations.Where(static location => !CountryNames.IsCode(location)))
        {
            // What is no country's code would be accepted and block nobody.
            faults.Add(ApiErrors.InvalidLocationCode, $"{ApiErrors.InvalidLocationCode.Message} ('{location}' is no country of ISO 3166-1: give codes such as DE, or GB for the United Kingdom.)");
        }

        var logging = settings.Logging;
        faults.Require(
            !logging.Enabled || (logging.Bucket.Length > 0 && logging.Prefix.Length <= LongestPrefix && !logging.Prefix.StartsWith('/')), ApiErrors.InvalidArgument,
            $"The parameter Logging needs a Bucket and a Prefix of at most {LongestPrefix} characters that does not begin with a slash.");
        faults.Require(!settings.Staging || settings.Aliases.IsEmpty, ApiErrors.InvalidArgument, "The parameter CNAME cannot be used in a staging distribution.");
    }
}
