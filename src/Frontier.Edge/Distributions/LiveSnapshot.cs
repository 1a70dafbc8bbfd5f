// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Edge.Certificates;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Distributions;

/// <summary>
/// The snapshot that is served: compiled, swapped in, kept on disk, and on trial while it is new. What cannot be served is refused and the
/// one before stays. Used by the feed's loop alone, and before that by the start.
/// </summary>
/// <param name="knowsPlaces">Whether it can tell where viewers are, or serves none.</param>
internal sealed partial class LiveSnapshot(EdgeState state, SnapshotFile file, SnapshotTrial trial, HeldCertificates certificates, bool knowsPlaces, TimeProvider time, ILogger<LiveSnapshot> logger)
{
    private bool _isRefusedForCrashing;

    /// <summary>Null while there is none.</summary>
    public ConfigSnapshot? Snapshot { get; private set; }

    /// <summary>The one that was refused last, until another one is served.</summary>
    public SnapshotRefusal? Refused { get; private set; }

    /// <summary>Makes the last good snapshot live, whether or not the control plane is there.</summary>
    public void Restore()
    {
        if (trial.IsRefused)
        {
            RefuseForCrashing();
        }

        if (file.Load(trial.Newest) is { } snapshot && TryCompile(snapshot))
        {
            trial.Restored(snapshot);
        }
    }

    /// <summary>The snapshot that an answer brings; null for none that is to be taken.</summary>
    public ConfigSnapshot? Next(FeedAnswer answer)
    {
        var next = answer.Delta is { } delta && Snapshot is { } live && live.Version == delta.BaseVersion ? delta.ApplyTo(live) : answer.Snapshot;
        return next is null || IsLive(next) || next.Version == Refused?.Version ? null : next;
    }

    /// <summary>Makes it live, or refuses it.</summary>
    /// <param name="delta">What made it of the one before; null when that is not known.</param>
    public void Take(ConfigSnapshot snapshot, SnapshotDelta? delta)
    {
        trial.Loading(snapshot.Version);
        if (!TryCompile(snapshot))
        {
            trial.Refused();
            return;
        }

        (Refused, _isRefusedForCrashing) = (null, false);
        trial.Live(snapshot.Version);
        Save(snapshot, delta);
    }

    /// <summary>Refuses one that could not be read; the one before stays live.</summary>
    public void Refuse(SnapshotRefusal refusal)
    {
        (Refused, _isRefusedForCrashing) = (refusal, false);
        Log.Refused(logger, refusal.Version, string.Join(" ", refusal.Faults));
    }

    /// <summary>Sees whether what is live has been so for long enough, and whether what crashed may be tried again.</summary>
    public void Look()
    {
        if (_isRefusedForCrashing && time.GetUtcNow() >= trial.RefusedUntil)
        {
            (Refused, _isRefusedForCrashing) = (null, false);
        }

        if (trial.Look())
        {
            ForgetBefore();
        }
    }

    /// <summary>The process ends in order: whatever is live has done no harm.</summary>
    public void End()
    {
        if (trial.Look(isEnding: true))
        {
            ForgetBefore();
        }
    }

    /// <summary>A version that was made at another time is another one: the control plane was restored.</summary>
    private bool IsLive(ConfigSnapshot snapshot) => snapshot.Version == Snapshot?.Version && snapshot.CreatedAt == Snapshot.CreatedAt;

    private void RefuseForCrashing()
    {
        Refused = SnapshotRefusal.Of(trial.RefusedVersion, ["This edge ended while it loaded this version, or twice soon afterwards; it serves the one before, and tries again later."]);
        _isRefusedForCrashing = true;
        Log.Crashed(logger, trial.RefusedVersion, trial.RefusedUntil);
    }

    private bool TryCompile(ConfigSnapshot snapshot)
    {
        var result = SnapshotCompiler.Compile(snapshot, state.Routes);
        if (!result.Succeeded)
        {
            Refuse(SnapshotRefusal.Of(snapshot.Version, result.Faults));
            return false;
        }

        if (!knowsPlaces && snapshot.Distributions.Where(static distribution => distribution.Countries is not null).Select(static distribution => distribution.Id).ToList() is [_, ..] restricted)
        {
            // A viewer of whom nobody knows where it is, is served (DP-23.1): here that would be everybody.
            Refuse(SnapshotRefusal.Of(
                snapshot.Version, restricted.Select(static id => $"Distribution {id} is restricted by country, and this edge has no database of places: start it with --geo-database.")));
            return false;
        }

        certificates.Know(snapshot);
        state.Publish(result.Table);
        Snapshot = snapshot;
        Log.Published(logger, snapshot.Version, result.Table.Distributions);
        return true;
    }

    private void Save(ConfigSnapshot snapshot, SnapshotDelta? delta)
    {
        try
        {
            file.Save(snapshot, delta);
            certificates.DropOthers(snapshot);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is live all the same; only a restart without control plane would go back to the one before.
            Log.NotSaved(logger, snapshot.Version, error.Message);
        }
    }

    private void ForgetBefore()
    {
        try
        {
            file.ForgetBefore();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It costs room, and nothing else.
            Log.NotSaved(logger, Snapshot?.Version ?? 0, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "Snapshot {Version} is live with {Distributions} distributions.", EventName = "SnapshotPublished")]
        public static partial void Published(ILogger logger, long version, int distributions);

        [LoggerMessage(2004, LogLevel.Error, "Snapshot {Version} is refused; what was live before stays so. {Faults}", EventName = "SnapshotRefused")]
        public static partial void Refused(ILogger logger, long version, string faults);

        [LoggerMessage(2005, LogLevel.Warning, "Snapshot {Version} could not be written to disk: {Reason}", EventName = "SnapshotNotSaved")]
        public static partial void NotSaved(ILogger logger, long version, string reason);

        [LoggerMessage(2008, LogLevel.Error, "Snapshot {Version} ended this edge and is not loaded before {Until}; the one before is live.", EventName = "SnapshotCrashed")]
        public static partial void Crashed(ILogger logger, long version, DateTimeOffset until);
    }
}
