// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Objects;

/// <summary>A checksum as stored and returned; a composite one is the sum of the parts' sums.</summary>
internal sealed record ObjectChecksum(ChecksumAlgorithm Algorithm, string Value, bool IsComposite);

/// <summary>What a client said of an object beside its bytes.</summary>
/// <param name="Headers">Fields returned as they came: system metadata and <c>x-amz-meta-*</c>, names in lower case (NB-1.7).</param>
internal sealed record ObjectMetadata(
    IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<KeyValuePair<string, string>> Tags, string StorageClass)
{
    public const string Standard = "STANDARD";

    public const string WebsiteRedirect = "x-amz-website-redirect-location";

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key == name).Value;
}

/// <summary>One complete, committed object.</summary>
/// <param name="ETag">Without its quotes (NB-1.5).</param>
/// <param name="LastModified">To the second, as HTTP dates are.</param>
internal sealed record StoredObject(
    ObjectKey Key, string ETag, DateTimeOffset LastModified, ObjectMetadata Metadata, ObjectChecksum? Checksum, ObjectBody Body)
{
    public long Length => Body.Length;

    public string QuotedETag => $"\"{ETag}\"";
}
