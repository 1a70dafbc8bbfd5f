// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Frontier.Protocols.SigV4;

/// <summary>
/// The access keys with which the edge signs for origins (DP-13.13). A self-hosted store knows neither service principal nor
/// legacy identity, so control plane and bucket server share a secret and derive from it a key per distribution and per origin
/// access identity: the key id says who asks, the derived secret proves it, and an edge that loses one key loses that one only.
/// </summary>
public static class OriginAccessKeys
{
    private const string DistributionPrefix = "OAC";
    private const string IdentityPrefix = "OAI";

    /// <summary>The key of a distribution, from the shared secret (at least 32 bytes).</summary>
    public static AccessKey Derive(ReadOnlySpan<byte> sharedSecret, string distributionId) => Derive(sharedSecret, DistributionPrefix, "origin-access:", distributionId);

    /// <summary>The key of a legacy origin access identity (DP-13.7), whichever distribution uses it.</summary>
    public static AccessKey DeriveForIdentity(ReadOnlySpan<byte> sharedSecret, string identityId) => Derive(sharedSecret, IdentityPrefix, "origin-access-identity:", identityId);

    /// <summary>The distribution an access key id belongs to; false for a key of any other kind.</summary>
    public static bool TryGetDistribution(string accessKeyId, out string distributionId) => TryGetOwner(accessKeyId, DistributionPrefix, out distributionId);

    /// <summary>The origin access identity an access key id belongs to; false for a key of any other kind.</summary>
    public static bool TryGetIdentity(string accessKeyId, out string identityId) => TryGetOwner(accessKeyId, IdentityPrefix, out identityId);

    /// <summary>
    /// The canonical user id by which S3 knows an origin access identity: 96 hexadecimal characters (<c>api.md</c> §5.2). No
    /// secret; made of the id alone, so that control plane and bucket server agree on it without a word.
    /// </summary>
    public static string CanonicalUserOf(string identityId) => Convert.ToHexStringLower(SHA384.HashData(Encoding.UTF8.GetBytes("canonical-user:" + identityId)));

    private static AccessKey Derive(ReadOnlySpan<byte> sharedSecret, string prefix, string purpose, string id) =>
        new(prefix + id, Convert.ToHexStringLower(HMACSHA256.HashData(sharedSecret, Encoding.UTF8.GetBytes(purpose + id))));

    private static bool TryGetOwner(string accessKeyId, string prefix, out string id)
    {
        var isOurs = accessKeyId.StartsWith(prefix, StringComparison.Ordinal) && accessKeyId.Length > prefix.Length;
        id = isOurs ? accessKeyId[prefix.Length..] : "";
        return isOurs;
    }
}
