// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Tls;

namespace Frontier.Edge.Certificates;

/// <summary>What a viewer is shown, and what may be agreed with it.</summary>
/// <param name="OffersHttp2">The distribution's choice (HttpVersion), and within TLS alone (DP-30.3).</param>
internal readonly record struct ShownCertificate(ServedCertificate Certificate, SecurityPolicy Policy, bool OffersHttp2);
