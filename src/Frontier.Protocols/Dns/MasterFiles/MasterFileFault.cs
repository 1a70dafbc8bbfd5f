// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Dns.MasterFiles;

/// <summary>What is wrong in a master file.</summary>
/// <param name="Message">For people, with what to do, e.g. <c>Value is not a valid IPv4 address: 10.0.0.256.</c></param>
public sealed record MasterFileFault(MasterFilePlace Place, string Message)
{
    public override string ToString() => $"{Place}: {Message}";
}
