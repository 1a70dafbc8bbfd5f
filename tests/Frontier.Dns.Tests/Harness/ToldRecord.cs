// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Tests.Harness;

/// <summary>A record of an answer, its data also in presentation form.</summary>
internal sealed record ToldRecord(string Name, string Type, uint Ttl, string Data, byte[] Raw)
{
    public override string ToString() => $"{Name} {Ttl} {Type} {Data}";
}
