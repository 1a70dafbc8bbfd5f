// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Certificates;

/// <summary>Which certificates a distribution uses: the one that its viewers see, and those it shows to origins.</summary>
internal static class CertificateUses
{
    /// <summary>The id of the certificate that viewers of aliases see; null for one of the edges' own.</summary>
    public static string? ForViewers(ViewerCertificate chosen) => chosen.AcmCertificateArn is { } arn ? IdOf(arn) : chosen.IamCertificateId;

    /// <summary>The id of the certificate that an origin is shown; null for none.</summary>
    public static string? ForOrigin(Origin origin) => origin.Custom?.MtlsCertificateArn is { } arn ? IdOf(arn) : null;

    /// <summary>Ids, maybe more than once.</summary>
    public static IEnumerable<string> Of(DistributionSettings settings) =>
        settings.Origins.Select(ForOrigin).Prepend(ForViewers(settings.ViewerCertificate)).OfType<string>();

    /// <summary>The last part of an ARN; null for what is none.</summary>
    private static string? IdOf(string arn) => CertificateArn.TryParse(arn, out _, out _, out var id) ? id : null;
}
