// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Objects;

/// <summary>One change of a bucket: what the journal holds and what the index applies, in the same order.</summary>
internal abstract record JournalRecord;

/// <summary>The first record of every journal.</summary>
internal sealed record BucketCreated(DateTimeOffset Created, string Region) : JournalRecord;

/// <summary>An object appears or replaces another; it may end the upload whose parts it is made of.</summary>
internal sealed record ObjectPut(StoredObject Object, string? CompletedUpload) : JournalRecord;

internal sealed record ObjectDeleted(ObjectKey Key) : JournalRecord;

internal sealed record UploadStarted(MultipartUpload Upload) : JournalRecord;

internal sealed record PartPut(string UploadId, UploadedPart Part) : JournalRecord;

internal sealed record UploadAborted(string UploadId) : JournalRecord;

/// <summary>A setting of the bucket is replaced; an empty document removes it.</summary>
internal sealed record SettingPut(BucketSetting Setting, byte[] Document) : JournalRecord;

/// <summary>The settings of a bucket, each a document its owner sends. The numbers are stored: they must only ever grow.</summary>
internal enum BucketSetting
{
    Policy = 1,
    Cors = 2,
    Website = 3,
    Tagging = 4,
    PublicAccessBlock = 5,
    OwnershipControls = 6,
}
