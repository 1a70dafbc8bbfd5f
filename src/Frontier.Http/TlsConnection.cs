// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http;

/// <summary>What was agreed on a TLS connection.</summary>
/// <param name="Protocol">From <c>TLSv1</c> to <c>TLSv1.3</c>.</param>
/// <param name="CipherSuite">The suite's name, as OpenSSL has it for TLS 1.3.</param>
/// <param name="ServerName">The name of the SNI extension; empty without one.</param>
/// <param name="Fingerprints">Null when nobody asked for them as the connection began.</param>
/// <param name="Judge">The object whose method has judged the viewer's certificate, or that there was none; null when nobody asked for one.</param>
public sealed record TlsConnection(string Protocol, string CipherSuite, string ServerName, TlsFingerprints? Fingerprints = null, object? Judge = null);
