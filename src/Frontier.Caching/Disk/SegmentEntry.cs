// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>One line of a segment's summary.</summary>
internal readonly record struct SegmentEntry(ulong Tag, uint Offset, uint Length);
