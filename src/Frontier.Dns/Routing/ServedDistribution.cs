// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Routing;

/// <summary>A distribution as far as DNS is concerned.</summary>
/// <param name="PriceClass">E.g. <c>PriceClass_100</c> (DP-26.6).</param>
/// <param name="HasIPv6">Whether addresses of IPv6 are answered (NB-5.7).</param>
internal sealed record ServedDistribution(string PriceClass, bool HasIPv6);
