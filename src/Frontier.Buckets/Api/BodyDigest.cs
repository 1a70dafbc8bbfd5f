// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>What a body was found to be once it was read whole.</summary>
/// <param name="Md5">16 bytes.</param>
internal sealed record BodyDigest(long Length, byte[] Md5, ObjectChecksum? Checksum)
{
    public string Md5Hex => Convert.ToHexStringLower(Md5);
}
