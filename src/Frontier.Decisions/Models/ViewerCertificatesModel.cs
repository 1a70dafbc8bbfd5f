// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>
/// What a distribution asks of its viewers' connections (DP-31.4). Connections made under an equal one are good for it, and no others:
/// with the same rules, and the same trust store as an object.
/// </summary>
/// <param name="Store">Null with <see cref="ViewerCertificateMode.Passthrough"/> alone.</param>
public sealed record ViewerCertificatesModel(ViewerCertificateMode Mode, TrustStoreModel? Store, bool AdvertisesAuthorities, bool IgnoresExpiry);
