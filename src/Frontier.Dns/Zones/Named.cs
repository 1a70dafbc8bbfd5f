// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Zones;

/// <summary>What is found by its name.</summary>
/// <param name="name">In wire form and lower case.</param>
internal abstract class Named(byte[] name)
{
    public ReadOnlySpan<byte> Name => name;
}
