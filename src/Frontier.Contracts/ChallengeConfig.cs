// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts;

/// <summary>How a certificate authority asks.</summary>
public enum ChallengeKind
{
    /// <summary>By a GET of <c>/.well-known/acme-challenge/TOKEN</c> (RFC 8555, section 8.3).</summary>
    Http01,

    /// <summary>By a handshake for the protocol <c>acme-tls/1</c> (RFC 8737).</summary>
    TlsAlpn01,
}

/// <summary>One question and its answer.</summary>
/// <param name="Name">The host that is asked about, lower case.</param>
/// <param name="Token">Chosen by the authority: letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="KeyAuthorization">The answer (RFC 8555, section 8.1).</param>
public sealed record ChallengeConfig(string Name, ChallengeKind Kind, string Token, string KeyAuthorization);
