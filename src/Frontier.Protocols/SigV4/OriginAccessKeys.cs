// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Frontier.Protocols.SigV4;

/// <summary>
/// The access key with which the edge signs for one distribution's origins (DP-13.13). A self-hosted store knows no service
/// principal, so control plane and bucket server share a secret and derive from it a key per distribution: the key id says
/// which distribution asks, the derived secret proves it, and an edge that loses one key loses that distribution's only.
/// </summary>
public static class OriginAccessKeys
{
    private const string Prefix = "OAC";

    /// <summary>The key of a distribution, from the shared secret (at least 32 bytes).</summary>
    public static AccessKey Derive(ReadOnlySpan<byte> sharedSecret, string distributionId) =>
        new(Prefix + distributionId, Convert.ToHexStringLower(HMACSHA256.HashData(sharedSecret, Encoding.UTF8.GetBytes("origin-access:" + distributionId))));

    /// <summary>The distribution an access key id belongs to; false for a key of any other kind.</summary>
    public static bool TryGetDistribution(string accessKeyId, out string distributionId)
    {
        var isOrigin = accessKeyId.StartsWith(Prefix, StringComparison.Ordinal) && accessKeyId.Length > Prefix.Length;
        distributionId = isOrigin ? accessKeyId[Prefix.Length..] : "";
        return isOrigin;
    }
}
