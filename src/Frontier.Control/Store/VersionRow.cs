// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>One version of a resource, without what it says.</summary>
/// <param name="Number">From 1, without gaps, in the order of commit.</param>
/// <param name="AccessKeyId">Whose call made it; empty for what was there before versions were kept.</param>
/// <param name="Operation">The API's name for how it was made; empty likewise.</param>
/// <param name="RestoredFrom">The version that it repeats; 0 for none.</param>
public sealed record VersionHead(long Number, DateTimeOffset CreatedAt, string AccessKeyId, string Operation, long RestoredFrom, string ETag);

/// <param name="Body">The configuration document; to the store it is a text.</param>
public sealed record VersionRow(VersionHead Head, string Body);

/// <summary>What is kept of a change as a version; its number is the store's to give, its time and ETag are those of the resource.</summary>
/// <param name="Kept">How many versions of the resource remain; older ones are dropped. At least 1.</param>
public sealed record NewVersion(string AccessKeyId, string Operation, long RestoredFrom, string Body, int Kept);
