// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>Part of the disk format: values never change.</summary>
internal enum RecordKind : byte
{
    /// <summary>An object with its body.</summary>
    Whole = 1,

    /// <summary>The head of an object whose body lies in blocks.</summary>
    LargeHead = 2,

    /// <summary>One block of a large object's body.</summary>
    Block = 3,

    /// <summary>The key's earlier records count no more.</summary>
    Tombstone = 4,
}
