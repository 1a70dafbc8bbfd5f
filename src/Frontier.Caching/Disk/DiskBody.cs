// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>
/// A body on disk. Holds a reference to each segment it lies in, so that recycling takes nothing from under a reader. All
/// extents but the last are <paramref name="extentBytes"/> long.
/// </summary>
internal sealed class DiskBody(DiskExtent[] extents, long length, long extentBytes)
{
    private int _references = 1;

    public long Length => length;

    public void AddReference() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            foreach (var extent in extents)
            {
                extent.Segment.Release();
            }
        }
    }

    /// <summary>The extent that has the byte at <paramref name="offset"/>, and where in it.</summary>
    public (DiskExtent Extent, long Offset) Locate(long offset) => (extents[offset / extentBytes], offset % extentBytes);
}
