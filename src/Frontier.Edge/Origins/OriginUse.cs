// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>One exchange in the books, from before its first byte until after its last. Ended once; later calls do nothing.</summary>
internal sealed class OriginUse(OriginBooks books, OriginTally tally, (OriginAddress Origin, UInt128 Viewer)? share)
{
    private int _ended;

    public void Answered(TimeSpan firstByte) => tally.Answered(firstByte);

    /// <param name="failure">None also where the viewer had enough: that says nothing of the origin.</param>
    public void End(OriginFailure failure)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

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
