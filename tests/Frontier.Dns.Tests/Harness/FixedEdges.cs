// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Zones;
using Frontier.Dns.Zones;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Tests.Harness;

/// <summary>Two distributions: one with both kinds of addresses, one without IPv6 (DP-2.10).</summary>
internal sealed class FixedEdges : IEdgeAddresses
{
    public const string Both = "d111.cdn.test.";
    public const string OnlyIPv4 = "d222.cdn.test.";

    /// <summary>For clients of 198.51.100.0/24 there is another edge.</summary>
    public static readonly IPAddress Near = IPAddress.Parse("203.0.113.9");

    public EdgeAnswer Find(AliasTargetKind kind, ReadOnlySpan<byte> name, EdgeRecord record, in ClientNetwork client, Span<byte> data)
    {
        if (!DnsName.TryReadWire(name, out var text) || text.ToString() is not (Both or OnlyIPv4) || kind is not AliasTargetKind.Distribution)
        {
            return default;
        }

        var answer = AnswerOf(text.ToString(), record, isNear: client.Address >> 104 == 0xC63364);
        answer.CopyTo(data);
        return new EdgeAnswer(Exists: true, answer.Length, IEdgeAddresses.DefaultTtlSeconds, client.IsTold ? 24 : 0);
    }

    private static byte[] AnswerOf(string name, EdgeRecord record, bool isNear) => record switch
    {
        EdgeRecord.IPv4 => (isNear ? Near : IPAddress.Parse("203.0.113.1")).GetAddressBytes(),
        EdgeRecord.IPv6 when name is OnlyIPv4 => [],
        EdgeRecord.IPv6 => IPAddress.Parse("2001:db8::1").GetAddressBytes(),
        EdgeRecord.Service => [0, 1, 0, 0, 1, 0, 3, 2, .. "h2"u8],
    };
}
