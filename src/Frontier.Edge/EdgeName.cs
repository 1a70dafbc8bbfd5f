// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Frontier.Edge;

/// <summary>What an edge calls itself in the headers it adds (§21.1).</summary>
/// <param name="Pop">The point of presence.</param>
/// <param name="ViaId">32 hex digits, the same for the life of the edge.</param>
internal sealed record EdgeName(string Pop, string ViaId)
{
    private readonly byte[] _via11 = Encoding.ASCII.GetBytes(Via("1.1", ViaId));
    private readonly byte[] _pop = Encoding.ASCII.GetBytes(Pop);

    public static EdgeName Of(string edgeId, string pop) =>
        new(pop, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(edgeId)))[..32]);

    /// <summary>The value of Via on an answer that came over this version of HTTP.</summary>
    public ReadOnlySpan<byte> Via(string version) => version == "1.1" ? _via11 : Encoding.ASCII.GetBytes(Via(version, ViaId));

    /// <summary><see cref="Pop"/>, as it goes out.</summary>
    public ReadOnlySpan<byte> PopBytes => _pop;

    private static string Via(string version, string viaId) => $"{version} {viaId}.cloudfront.net (CloudFront)";
}
