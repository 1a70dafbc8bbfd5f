// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Disk;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Collapsing;

/// <summary>What a reader of a fill does next.</summary>
internal readonly record struct FillStep(FillStep.StepKind Kind, BodyRead Read, Chunk? Chunk, DiskExtent? Extent, long Page, Task? More)
{
    public enum StepKind
    {
        /// <summary>Hand out the read and hold the chunk, which comes with a reference.</summary>
        Bytes,

        /// <summary>Read the page of the extent, which comes with a reference to its segment.</summary>
        OnDisk,

        /// <summary>Hand out the read; nothing follows.</summary>
        Over,

        /// <summary>Wait and ask again.</summary>
        Wait,
    }

    public static FillStep Bytes(BodyRead read, Chunk chunk) => new(StepKind.Bytes, read, chunk, null, 0, null);

    public static FillStep OnDisk(DiskExtent extent, long page) => new(StepKind.OnDisk, default, null, extent, page, null);

    public static FillStep Over(BodyRead read) => new(StepKind.Over, read, null, null, 0, null);

    public static FillStep Wait(Task more) => new(StepKind.Wait, default, null, null, 0, more);
}
