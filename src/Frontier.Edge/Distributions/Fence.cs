// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Edge.Distributions;

/// <summary>
/// Whether this edge is cut off from the control plane: others may then have been told that an invalidation is complete of which it has not
/// heard. It counts from when the last report was sent that was answered, which is no later than the control plane heard of it. Before the
/// first answer an edge is cut off. Two clocks count, and the first whose time is over decides: the one of elapsed time, which nobody can set back,
/// and the wall clock, which goes on while a virtual machine is suspended. The feed alone writes; every request may read.
/// </summary>
internal sealed class Fence(TimeProvider time)
{
    /// <summary>By so much the edge gives up sooner than the control plane gives it up: clocks that run at different speeds, and a timer that is late.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>Of a control plane that does not say how long it waits.</summary>
    private static readonly TimeSpan UsualSilence = TimeSpan.FromSeconds(15);

    private long _fromTicks = DateTimeOffset.MinValue.UtcTicks;
    private long _fromTimestamp = long.MinValue;

    public bool IsCutOff => time.GetUtcNow().UtcTicks >= Volatile.Read(ref _fromTicks) || time.GetTimestamp() >= Volatile.Read(ref _fromTimestamp);

    /// <summary>This moment by both clocks, for a report that is about to be sent.</summary>
    public FenceMoment Now => new(time.GetUtcNow().UtcTicks, time.GetTimestamp());

    /// <summary>What becomes of what is stored of a distribution.</summary>
    public CutOffChoice Of(DistributionModel distribution) => distribution.WhenCutOff is CutOffChoice.Serve || !IsCutOff ? CutOffChoice.Serve : distribution.WhenCutOff;

    /// <summary>A report was answered, and every invalidation that the answer knows of is in effect.</summary>
    /// <param name="sentAt">When the report left.</param>
    /// <param name="silence">How long the control plane waits for this edge; zero where it does not say.</param>
    public void Answered(FenceMoment sentAt, TimeSpan silence)
    {
        var wait = silence > TimeSpan.Zero ? silence : UsualSilence;
        var good = wait > 2 * Margin ? wait - Margin : wait / 2;
        Volatile.Write(ref _fromTicks, sentAt.UtcTicks + good.Ticks);
        Volatile.Write(ref _fromTimestamp, sentAt.Timestamp + (long)(good.TotalSeconds * time.TimestampFrequency));
    }
}

/// <param name="UtcTicks">By the wall clock.</param>
/// <param name="Timestamp">As <see cref="TimeProvider.GetTimestamp"/> counts.</param>
internal readonly record struct FenceMoment(long UtcTicks, long Timestamp);
