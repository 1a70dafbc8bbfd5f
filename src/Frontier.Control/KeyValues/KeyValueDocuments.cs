// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.KeyValues;

/// <summary>DescribeKeyValueStoreResponse; times are seconds since 1970.</summary>
internal sealed record DescribeDocument(long ItemCount, long TotalSizeInBytes, string KvsARN, double Created, double LastModified, string Status);

/// <summary>GetKeyResponse.</summary>
internal sealed record GetKeyDocument(string Key, string Value, long ItemCount, long TotalSizeInBytes);

/// <summary>ListKeysResponse.</summary>
internal sealed record ListKeysDocument(string? NextToken, IReadOnlyList<PairDocument> Items);

/// <summary>What every change answers.</summary>
internal sealed record SizeDocument(long ItemCount, long TotalSizeInBytes);

/// <summary>PutKeyRequest without what stands in its path.</summary>
internal sealed record PutKeyDocument(string Value);

/// <summary>UpdateKeysRequest without what stands in its path. The serializer lets null pass as an item, whatever the type says.</summary>
internal sealed record UpdateKeysDocument(IReadOnlyList<PairDocument?>? Puts = null, IReadOnlyList<KeyDocument?>? Deletes = null);

internal sealed record PairDocument(string Key, string Value);

internal sealed record KeyDocument(string Key);

internal sealed record ErrorMessageDocument(string Message);
