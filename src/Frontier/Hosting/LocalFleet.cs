// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Frontier.Contracts.Zones;
using Frontier.Dns.Zones;
using Frontier.Edge;
using Frontier.Protocols.Dns;

namespace Frontier.Hosting;

/// <summary>Where the one edge of this process, and the bucket server beside it, are found: the same for every client. Of a distribution without IPv6 no such addresses are told (DP-2.10).</summary>
internal sealed class LocalEdgeAddresses : IEdgeAddresses
{
    private const int HttpsPort = 443;
    private const int NameLength = 255;

    private readonly EdgeServer _edge;
    private readonly byte[] _edge4;
    private readonly byte[] _edge6;
    private readonly byte[] _buckets4;
    private readonly byte[] _buckets6;
    private readonly byte[] _service;
    private readonly byte[] _serviceWithoutHttp2;

    public LocalEdgeAddresses(EdgeServer edge, IPEndPoint buckets)
    {
        _edge = edge;
        var edges = Reachable(edge.Https.Address).Intersect(Reachable(edge.Http.Address)).ToImmutableArray();
        edges = edges.IsEmpty ? [.. Reachable(edge.Https.Address)] : edges;
        (_edge4, _edge6) = (Bytes(edges, AddressFamily.InterNetwork), Bytes(edges, AddressFamily.InterNetworkV6));
        var stores = Reachable(buckets.Address).ToImmutableArray();
        (_buckets4, _buckets6) = (Bytes(stores, AddressFamily.InterNetwork), Bytes(stores, AddressFamily.InterNetworkV6));
        var port = edge.Https.Port == HttpsPort ? "" : $" port={edge.Https.Port}";
        (_service, _serviceWithoutHttp2) = (Service($"1 . alpn=h2,http/1.1{port}"), Service($"1 . alpn=http/1.1{port}"));
    }

    public EdgeAnswer Find(AliasTargetKind kind, ReadOnlySpan<byte> name, EdgeRecord record, in ClientNetwork client, Span<byte> data)
    {
        if (kind is AliasTargetKind.BucketWebsite)
        {
            return Answer(record switch { EdgeRecord.IPv4 => _buckets4, EdgeRecord.IPv6 => _buckets6, EdgeRecord.Service => [] }, data);
        }

        Span<char> text = stackalloc char[NameLength];
        if (!_edge.TryFindDistribution(text[..TextOf(name, text)], out var distribution))
        {
            return default;
        }

        return Answer(
            record switch
            {
                EdgeRecord.IPv4 => _edge4,
                EdgeRecord.IPv6 => distribution.IsIpv6Enabled ? _edge6 : [],
                EdgeRecord.Service => distribution.Http2 ? _service : _serviceWithoutHttp2,
            }, data);
    }

    private static EdgeAnswer Answer(byte[] found, Span<byte> data)
    {
        found.CopyTo(data);
        return new EdgeAnswer(Exists: true, found.Length, IEdgeAddresses.DefaultTtlSeconds, ScopeLength: 0);
    }

    /// <summary>Without the final dot, as hosts are written.</summary>
    private static int TextOf(ReadOnlySpan<byte> name, Span<char> text)
    {
        var length = 0;
        for (; name[0] != 0; name = name[(name[0] + 1)..])
        {
            if (length > 0)
            {
                text[length++] = '.';
            }

            foreach (var letter in name.Slice(1, name[0]))
            {
                text[length++] = (char)letter;
            }
        }

        return length;
    }

    private static byte[] Service(string text) =>
        RecordTypes.TryFind("HTTPS", out var type) && RecordData.TryParse(type, text, null, EscapeForm.Decimal, out var data, out _) ? data : throw new InvalidOperationException($"\"{text}\" is no HTTPS record.");

    /// <summary>As many as an answer has room for.</summary>
    private static byte[] Bytes(ImmutableArray<IPAddress> addresses, AddressFamily family) =>
        [.. addresses.Where(address => address.AddressFamily == family).Take(IEdgeAddresses.MaxLength / 16).SelectMany(static address => address.GetAddressBytes())];

    /// <summary>An address, or all of the machine's where that is meant.</summary>
    private static IEnumerable<IPAddress> Reachable(IPAddress address) =>
        !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) ? [address]
        : NetworkInterface.GetAllNetworkInterfaces().SelectMany(static network => network.GetIPProperties().UnicastAddresses).Select(static found => found.Address)
            .Where(found => (found.AddressFamily == address.AddressFamily || address.Equals(IPAddress.IPv6Any)) && !IPAddress.IsLoopback(found) && !found.IsIPv6LinkLocal);
}
