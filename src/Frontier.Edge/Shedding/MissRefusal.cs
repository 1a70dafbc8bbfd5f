// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Shedding;

/// <summary>Why a miss was answered 503 without its origin having been asked.</summary>
internal enum MissRefusal
{
    /// <summary>As many wait already as may.</summary>
    QueueFull,

    /// <summary>It has waited for as long as it may.</summary>
    TimedOut,

    /// <summary>Its viewer has too many under way.</summary>
    ViewerShare,

    /// <summary>The process has hardly any memory left.</summary>
    Memory,
}

internal static class MissRefusals
{
    extension(MissRefusal refusal)
    {
        /// <summary>As metrics name it.</summary>
        public string Name => refusal switch
        {
            MissRefusal.QueueFull => "queue-full",
            MissRefusal.TimedOut => "timed-out",
            MissRefusal.ViewerShare => "viewer-share",
            MissRefusal.Memory => "memory",
        };

        /// <summary>What it means, and what can be done, for the log.</summary>
        public string Advice => refusal switch
        {
            MissRefusal.QueueFull => "as many wait for origins as may (--max-misses-waiting)",
            MissRefusal.TimedOut => "they waited too long for room (--miss-wait, --max-misses, --max-misses-per-distribution, --max-misses-per-origin)",
            MissRefusal.ViewerShare => "one viewer had an eighth of what its distribution may have under way (--max-misses-per-distribution)",
            MissRefusal.Memory => "the process has hardly any memory left (--memory-limit)",
        };
    }
}
