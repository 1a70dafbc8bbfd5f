// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Fleet;

namespace Frontier.Contracts;

/// <summary>
/// What an edge says to the control plane, and by saying so asks for more: its report is heartbeat, acknowledgement and
/// request at once. The answer comes as soon as there is something new, or empty when the next report is due. An edge is heard of
/// when its report arrives, not while it waits for an answer: a machine without power leaves its connections open.
/// </summary>
public sealed record EdgeReport
{
    /// <summary>From one report to the next, where nothing happens; less where the control plane waits for less than three of them.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>By so much a report may come sooner or later than <see cref="Interval"/>, so that edges which began together do not go on so.</summary>
    public static readonly TimeSpan Jitter = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a report is held, whatever it asks for.</summary>
    public static readonly TimeSpan LongestWait = Interval + Jitter;

    /// <summary>Chosen by the edge at its first start and kept, e.g. <c>edge-1f0c…</c>.</summary>
    public required string EdgeId { get; init; }

    /// <summary>The point of presence, e.g. <c>LCL50-C1</c>.</summary>
    public required string Pop { get; init; }

    /// <summary>Version of the snapshot it serves; 0 for none yet.</summary>
    public required long SnapshotVersion { get; init; }

    /// <summary>
    /// When that snapshot was made; null from an edge that takes whole snapshots only. Versions alone do not tell two control
    /// planes apart, or one before and after it was restored.
    /// </summary>
    public DateTimeOffset? SnapshotCreatedAt { get; init; }

    /// <summary>Every entry of the invalidation log up to this one is in effect and will survive a crash.</summary>
    public required long InvalidationPosition { get; init; }

    /// <summary>How long the answer may wait for something new; of an edge that does not say, <see cref="Interval"/>.</summary>
    public int? WaitMilliseconds { get; init; }

    /// <summary>Asks for an answer at once, even with nothing new: so an edge that has just started learns that it is heard.</summary>
    public bool AtOnce { get; init; }

    /// <summary>A newer snapshot it could not load, and why; null when there is none.</summary>
    public SnapshotRefusal? Refused { get; init; }

    /// <summary>What the machine says of itself; null where it has not changed since the last report that was answered.</summary>
    public NodeFacts? Facts { get; init; }

    /// <summary>How it has fared since the last report; null from a machine that does not say.</summary>
    public NodeHealth? Health { get; init; }

    /// <summary><see cref="FleetDirectory.Revision"/> of the directory it has; empty for none.</summary>
    public string FleetRevision { get; init => field = value ?? ""; } = "";

    /// <summary><see cref="ChallengeList.Revision"/> of the list it has; null from an edge that knows no such lists.</summary>
    public string? ChallengeRevision { get; init; }
}

/// <summary>A snapshot an edge would not serve. It keeps its last good one.</summary>
/// <param name="Faults">At most <see cref="MostFaults"/>, each of at most <see cref="LongestFault"/> characters: a report stays small.</param>
public sealed record SnapshotRefusal(long Version, ImmutableArray<string> Faults)
{
    public const int MostFaults = 16;

    public const int LongestFault = 512;

    /// <summary>As much of the faults as a report has room for.</summary>
    public static SnapshotRefusal Of(long version, IEnumerable<string> faults) =>
        new(version, [.. faults.Take(MostFaults).Select(static fault => fault.Length > LongestFault ? fault[..LongestFault] : fault)]);
}

/// <summary>What the control plane answers to a report.</summary>
public sealed record FeedAnswer
{
    /// <summary>Present when newer than the reported one, and not told by <see cref="Delta"/>.</summary>
    public ConfigSnapshot? Snapshot { get; init; }

    /// <summary>What makes the newest snapshot of the reported one.</summary>
    public SnapshotDelta? Delta { get; init; }

    /// <summary>The entries after the reported position, in order; at most a page, more follow the next report.</summary>
    public ImmutableArray<InvalidationEntry> Invalidations { get; init => field = value.OrNone; } = [];

    /// <summary>
    /// The oldest sequence still kept. An edge whose position is older has missed entries that nobody can tell it any more:
    /// it must trust nothing it stored before, and go on from <see cref="LogEnd"/>.
    /// </summary>
    public long OldestKept { get; init; }

    /// <summary>The newest sequence of the log.</summary>
    public long LogEnd { get; init; }

    /// <summary>
    /// How long after a report arrived the control plane waits for the edge that sent it: before that is over the edge must be heard
    /// again, or serve as one that is cut off. 0 from a control plane that does not say.
    /// </summary>
    public int SilenceMilliseconds { get; init; }

    /// <summary>Where the control plane's API listens on its machine, which is nobody's origin. 0 from a control plane that does not say.</summary>
    public int ApiPort { get; init; }

    /// <summary>Present when it is another one than that reported.</summary>
    public FleetDirectory? Fleet { get; init; }

    /// <summary>Present when it is another one than that reported.</summary>
    public ChallengeList? Challenges { get; init; }
}
