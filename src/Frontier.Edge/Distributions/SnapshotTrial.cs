// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Serialization;
using Frontier.Contracts;

namespace Frontier.Edge.Distributions;

/// <summary>
/// Remembers across a crash which snapshot was being tried, so that one which ends the process does not do so at every start. What crashed
/// while it was loaded is not loaded again; what crashed soon afterwards gets a second chance, as the crash may have been anybody's. Used by
/// the feed's loop alone.
/// </summary>
internal sealed class SnapshotTrial
{
    /// <summary>How long a snapshot is live before it counts as good: on an edge in use a thousand requests have gone through it.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    /// <summary>A snapshot that crashed is refused for so long after the start, four times as long each further time: whatever it was may have been mended beside it.</summary>
    private static readonly TimeSpan FirstRefusal = TimeSpan.FromMinutes(1);

    private const int MostCrashes = 6;

    /// <summary>Crashes soon after loading that are put down to chance.</summary>
    private const int Chances = 1;

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly TrialMark? _found;
    private TrialMark? _mark;
    private (long Version, DateTimeOffset Since)? _candidate;
    private long _live;

    public SnapshotTrial(string path, TimeProvider time)
    {
        (_path, _time) = (path, time);
        _found = Read(path);
        if (_found is { } found)
        {
            var crashes = found.Phase is TrialPhase.Refused ? found.Crashes : Math.Min(found.Crashes + 1, MostCrashes);
            IsRefused = found.Phase is not TrialPhase.Live || crashes > Chances;
            Write(found with { Phase = IsRefused ? TrialPhase.Refused : TrialPhase.Live, Crashes = crashes });
            RefusedUntil = IsRefused ? time.GetUtcNow() + (FirstRefusal * Math.Pow(4, crashes - 1)) : default;
        }
    }

    /// <summary>Whether the process before this one ended by a snapshot that is not to be loaded now.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>When the refusal ends.</summary>
    public DateTimeOffset RefusedUntil { get; }

    /// <summary>The snapshot that is not to be loaded.</summary>
    public long RefusedVersion => _found?.Version ?? 0;

    /// <summary>The newest version on disk that may be loaded at the start.</summary>
    public long Newest => IsRefused ? _found!.Good : long.MaxValue;

    /// <summary>The version that counts as good; 0 for none yet.</summary>
    public long Good { get; private set; }

    /// <summary>What was on disk is live: it has been good before, or has one more chance.</summary>
    public void Restored(ConfigSnapshot snapshot)
    {
        _live = snapshot.Version;
        if (_mark is { Phase: TrialPhase.Live } mark && mark.Version == snapshot.Version)
        {
            (Good, _candidate) = (mark.Good, (_live, _time.GetUtcNow()));
        }
        else
        {
            Good = _live;
        }
    }

    /// <summary>A snapshot is about to be compiled and made live. The mark is on disk when this returns.</summary>
    public void Loading(long version)
    {
        var crashes = _mark is { } mark && mark.Version == version ? mark.Crashes : 0;
        IsRefused = false;
        Write(new TrialMark(version, TrialPhase.Loading, crashes, Good));
    }

    /// <summary>It was refused for what it says; the one before stays live.</summary>
    public void Refused()
    {
        if (_candidate is null)
        {
            Clear();
        }
        else
        {
            Write(new TrialMark(_live, TrialPhase.Live, 0, Good));
        }
    }

    /// <summary>It is live. One after the other may be, each before the one before is proven: the first of them is waited for.</summary>
    public void Live(long version)
    {
        // Sent back to an older one, the newer is not to be proven any more.
        _candidate = version < _live || _candidate is null ? (version, _time.GetUtcNow()) : _candidate;
        _live = version;
        Write(_mark! with { Phase = TrialPhase.Live });
    }

    /// <summary>True when a snapshot has been live for long enough, or its process is about to end in order.</summary>
    /// <param name="isEnding">Whether the process ends.</param>
    public bool Look(bool isEnding = false)
    {
        if (_candidate is not { } candidate || (!isEnding && _time.GetUtcNow() - candidate.Since < Length))
        {
            return false;
        }

        (Good, _candidate) = isEnding || candidate.Version == _live ? (_live, ((long, DateTimeOffset)?)null) : (candidate.Version, (_live, _time.GetUtcNow()));
        if (_candidate is null)
        {
            Clear();
        }
        else
        {
            Write(_mark! with { Good = Good });
        }

        return true;
    }

    private void Clear()
    {
        _mark = null;
        File.Delete(_path);
    }

    /// <summary>Not flushed to the disk: it is to outlive the process, not the machine. A disk that takes no writes keeps no configuration from going live.</summary>
    private void Write(TrialMark mark)
    {
        _mark = mark;
        try
        {
            File.WriteAllText(_path, JsonSerializer.Serialize(mark, TrialJson.Default.TrialMark));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Only a crash would miss it.
        }
    }

    /// <summary>Null where there is none; one that is torn says that something was being tried, and not what.</summary>
    private static TrialMark? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), TrialJson.Default.TrialMark);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

internal enum TrialPhase
{
    /// <summary>Being compiled and made live.</summary>
    Loading,

    /// <summary>Live, and not good yet.</summary>
    Live,

    /// <summary>Not to be loaded.</summary>
    Refused,
}

/// <param name="Crashes">How often a process ended while it was tried.</param>
/// <param name="Good">The version that was good before it; 0 for none.</param>
internal sealed record TrialMark(long Version, TrialPhase Phase, int Crashes, long Good);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrialMark))]
internal sealed partial class TrialJson : JsonSerializerContext;
