// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>
/// One file of the log. Counted by reference: a recycled segment's file is unlinked at once and closed when its last reader
/// is done, so that what a reader holds never changes under it. The log's lock guards the mutable fields but the references.
/// </summary>
internal sealed class Segment(int number, string path, IDiskFile file)
{
    private int _references = 1;

    public int Number => number;

    public string Path => path;

    public IDiskFile File => file;

    /// <summary>Bytes written or promised to writers.</summary>
    public long Used { get; set; }

    /// <summary>Records being written; a segment is sealed and recycled only when there are none.</summary>
    public int Pending { get; set; }

    public bool IsFull { get; set; }

    public bool IsSealed { get; set; }

    /// <summary>The oldest fill sequence of its records: purges up to here matter to none of them.</summary>
    public long MinFillSequence { get; set; } = long.MaxValue;

    /// <summary>Its records, until it is sealed.</summary>
    public List<SegmentEntry> Entries { get; set; } = [];

    public bool TryAddReference()
    {
        var references = Volatile.Read(ref _references);
        while (references > 0)
        {
            var seen = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (seen == references)
            {
                return true;
            }

            references = seen;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            file.Dispose();
        }
    }
}
