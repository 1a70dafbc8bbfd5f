// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Frontier.Edge;

/// <summary>What an edge calls itself in the headers it adds (§21.1).</summary>
/// <param name="Pop">The point of presence.</param>
/// <param name="ViaId">32 hex digits, the same for the life of the edge.</param>
internal sealed record EdgeName(string Pop, string ViaId)
{
    /// <summary>Bytes of a request id before base64: 40 make the 56 characters, two of them padding, that clients know.</summary>
    private const int RequestIdBytes = 40;

    public static EdgeName Of(string edgeId, string pop) =>
        new(pop, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(edgeId)))[..32]);

    /// <summary>The value of Via on an answer that came over this version of HTTP.</summary>
    public string Via(string version) => $"{version} {ViaId}.cloudfront.net (CloudFront)";

    /// <summary>An identifier, not a secret: a fast source of randomness will do.</summary>
    public static string NewRequestId()
    {
        Span<byte> bytes = stackalloc byte[RequestIdBytes];
        Random.Shared.NextBytes(bytes);
        return Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');
    }
}
