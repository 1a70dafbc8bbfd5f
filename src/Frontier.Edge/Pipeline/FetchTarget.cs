// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Edge.Pipeline.Blocks;

namespace Frontier.Edge.Pipeline;

/// <summary>What a flight is to bring.</summary>
/// <param name="Stale">What is stored under the key and may still hold; its owner keeps it.</param>
/// <param name="Block">Null for the whole object.</param>
internal readonly record struct FetchTarget(ReadOnlyMemory<byte> Key, CachedObject? Stale, BlockSpan? Block);
