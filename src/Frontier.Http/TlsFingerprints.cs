// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http;

/// <summary>What a viewer's ClientHello tells of the software that sent it, however it calls itself.</summary>
/// <param name="Ja3">32 hex digits.</param>
/// <param name="Ja4">36 characters, e.g. <c>t13d1516h2_8daaf6152771_e5627efa2ab1</c>.</param>
public sealed record TlsFingerprints(string Ja3, string Ja4);
