// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>Where a record lies: segment number, and offset and length in bytes.</summary>
internal readonly record struct RecordPlace(int Segment, uint Offset, uint Length);
