// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>A lookup's answer. <see cref="Object"/> may be stale and belongs to the caller, who disposes it.</summary>
public readonly record struct CacheLookup(CachedObject? Object, MissReason Reason, long PurgedBy);
