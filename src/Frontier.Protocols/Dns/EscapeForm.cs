// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Dns;

/// <summary>What the three digits behind a backslash are. The two forms differ for the same text, so whoever reads one says which.</summary>
public enum EscapeForm
{
    /// <summary>The byte in decimal, e.g. <c>\042</c> for an asterisk: master files and everything between roles (RFC 1035, section 5.1).</summary>
    Decimal,

    /// <summary>The byte in octal, e.g. <c>\052</c> for an asterisk: Route 53's API.</summary>
    Octal,
}
