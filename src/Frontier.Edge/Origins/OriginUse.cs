// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Shedding;

namespace Frontier.Edge.Origins;

/// <summary>One exchange in the books, from before its first byte until after its last. Ended once; later calls do nothing.</summary>
internal sealed class OriginUse(OriginBooks books, OriginTally tally, (OriginAddress Origin, UInt128 Viewer)? share)
{
    private int _ended;
    private MissSlot? _slot;

    public void Answered(TimeSpan firstByte) => tally.Answered(firstByte);

    /// <summary>Keeps a slot until the exchange ends, and gives it back then; at once if it has.</summary>
    public void Hold(MissSlot slot)
    {
        Interlocked.Exchange(ref _slot, slot); // a full fence: either this sees the end, or the end sees the slot
        if (Volatile.Read(ref _ended) != 0)
        {
            Interlocked.Exchange(ref _slot, null)?.GiveBack();
        }
    }

    /// <param name="failure">None also where the viewer had enough: that says nothing of the origin.</param>
    public void End(OriginFailure failure)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        Interlocked.Exchange(ref _slot, null)?.GiveBack();
        if (failure is not (OriginFailure.None or OriginFailure.ViewerGone))
        {
            tally.Failed(failure, books.Now);
        }

        if (share is { } held)
        {
            books.GiveBack(held);
        }
    }
}
