// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Edge.Distributions;

/// <summary>
/// Whether this edge is cut off from the control plane: others may then have been told that an invalidation is complete of which it has not
/// heard. It counts from when the last report was sent that was answered, which is no later than the control plane heard of it. Before the
/// first answer an edge is cut off. The feed alone writes; every request may read.
/// </summary>
internal sealed class Fence
{
    /// <summary>By so much the edge gives up sooner than the control plane gives it up: clocks that run at different speeds, and a timer that is late.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>Of a control plane that does not say how long it waits.</summary>
    private static readonly TimeSpan UsualSilence = TimeSpan.FromSeconds(15);

    private long _fromTicks = DateTimeOffset.MinValue.UtcTicks;

    /// <param name="now">By the clock of <see cref="Answered"/>.</param>
    public bool IsCutOff(DateTimeOffset now) => now.UtcTicks >= Volatile.Read(ref _fromTicks);

    /// <summary>What becomes of what is stored of a distribution.</summary>
    public CutOffChoice Of(DistributionModel distribution, DateTimeOffset now) =>
        distribution.WhenCutOff is CutOffChoice.Serve || !IsCutOff(now) ? CutOffChoice.Serve : distribution.WhenCutOff;

    /// <summary>A report was answered, and every invalidation that the answer knows of is in effect.</summary>
    /// <param name="sentAt">When the report left.</param>
    /// <param name="silence">How long the control plane waits for this edge; zero where it does not say.</param>
    public void Answered(DateTimeOffset sentAt, TimeSpan silence)
    {
        var wait = silence > TimeSpan.Zero ? silence : UsualSilence;
        Volatile.Write(ref _fromTicks, (sentAt + (wait > 2 * Margin ? wait - Margin : wait / 2)).UtcTicks);
    }
}
