// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>One pair of a key value store. Neither text holds U+0000 or half a surrogate pair.</summary>
public sealed record KeyValueRow(string Key, string Value);

/// <summary>The pairs of a store as a whole.</summary>
/// <param name="ETag">Changes with every change to the pairs; not the ETag of the resource (API-3.10).</param>
/// <param name="TotalBytes">Of all keys and values in UTF-8.</param>
public sealed record KeyValueHead(string ETag, long ItemCount, long TotalBytes, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt);

/// <summary>The pairs with which a key value store begins; its resource is created in the same transaction.</summary>
/// <param name="Items">Their keys are distinct.</param>
public sealed record NewKeyValues(string ETag, ImmutableArray<KeyValueRow> Items);

/// <param name="Value">Null when there is no such key.</param>
public sealed record KeyValueFound(KeyValueHead Head, string? Value);

public sealed record KeyValuePage(KeyValueHead Head, ImmutableArray<KeyValueRow> Items);
