// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Dns;

/// <summary>What is wrong with a name or with a record's data.</summary>
/// <param name="Code">For programs, e.g. <c>IllegalIPv4Address</c>.</param>
/// <param name="Message">For people, without its full stop, e.g. <c>Value is not a valid IPv4 address</c>.</param>
/// <param name="Text">The part that is wrong, as it was written.</param>
public sealed record DataFault(string Code, string Message, string Text);
