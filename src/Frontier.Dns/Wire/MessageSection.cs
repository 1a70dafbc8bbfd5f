// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>Where records stand in a message, in their order.</summary>
internal enum MessageSection
{
    Answer,
    Authority,
    Additional,
}
