// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Authentication;

namespace Frontier.Http;

/// <summary>How one connection is to be secured.</summary>
/// <param name="Options">Sessions are resumed, and contexts kept by the platform, where they name no cipher suites and their certificate is the same again.</param>
public sealed record TlsSelection(SslServerAuthenticationOptions Options)
{
    /// <summary>Asked when version and suite are agreed, before a byte is answered; a connection that is not admitted is cut.</summary>
    public Func<SslProtocols, TlsCipherSuite, bool> Admits { get; init; } = static (_, _) => true;

    /// <summary>Nothing is asked or answered on it: the handshake was all that the viewer wanted (RFC 8737, section 3).</summary>
    public bool EndsWithHandshake { get; init; }
}
