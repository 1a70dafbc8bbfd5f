// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts;

/// <summary>What viewers are asked for while they connect (DP-31.4).</summary>
public enum ViewerCertificateMode
{
    /// <summary>A certificate that the trust store vouches for.</summary>
    Required,

    /// <summary>The same, or none.</summary>
    Optional,

    /// <summary>Any or none; the origin judges.</summary>
    Passthrough,
}

/// <summary>Certificates of a distribution's viewers (DP-31.4).</summary>
/// <param name="TrustStoreId">Null with <see cref="ViewerCertificateMode.Passthrough"/> alone.</param>
/// <param name="AdvertisesAuthorities">Whether viewers are told the names of the trust store's authorities.</param>
/// <param name="IgnoresExpiry">Whether certificates are good after their end.</param>
public sealed record ViewerCertificatesConfig(ViewerCertificateMode Mode, string? TrustStoreId, bool AdvertisesAuthorities, bool IgnoresExpiry);
