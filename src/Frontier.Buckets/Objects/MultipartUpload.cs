// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Objects;

/// <summary>One part of an upload under way.</summary>
/// <param name="Md5">The MD5 of its bytes in lower-case hex: its ETag without quotes.</param>
/// <param name="Checksum">In the algorithm of the upload, or of the part's own choice; null for none.</param>
internal sealed record UploadedPart(int Number, BodyPart Body, string Md5, DateTimeOffset LastModified, ObjectChecksum? Checksum);

/// <summary>A multipart upload under way, as its initiator described the object to be.</summary>
/// <param name="ChecksumAlgorithm">What the whole object's checksum shall be; null for none.</param>
/// <param name="FullObject">Whether that checksum covers the bytes rather than the parts' checksums.</param>
internal sealed record MultipartUpload(
    string Id, ObjectKey Key, DateTimeOffset Initiated, ObjectMetadata Metadata, ChecksumAlgorithm? ChecksumAlgorithm, bool FullObject);
