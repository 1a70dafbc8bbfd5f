// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tiers;

/// <summary>
/// Which parents are passed over because they did not answer. One that fails is left alone for a while, each time for twice as long, and then one
/// request finds out whether it is back, while the others still go past it. Entries only for parents that fail. Thread-safe.
/// </summary>
internal sealed class ParentCircuits(TimeProvider time)
{
    /// <summary>Of a first failure: long enough that a crowd does not wait for it again and again, short enough for a restart.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>More than a machine has parents; what is beyond is asked as if it had never failed.</summary>
    private const int MaxEntries = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, State> _failed = new(StringComparer.Ordinal);

    /// <summary>Whether a parent may be asked now. Whoever is let in says what became of it: <see cref="Succeeded"/>, <see cref="Failed"/> or <see cref="GaveUp"/>.</summary>
    public bool TryEnter(string nodeId)
    {
        lock (_gate)
        {
            if (!_failed.TryGetValue(nodeId, out var state))
            {
                return true;
            }

            if (state.IsProbed || time.GetTimestamp() < state.Until)
            {
                return false;
            }

            state.IsProbed = true;
            return true;
        }
    }

    /// <summary>Whether it is passed over, for whoever only wants to know.</summary>
    public bool IsDown(string nodeId)
    {
        lock (_gate)
        {
            return _failed.TryGetValue(nodeId, out var state) && (state.IsProbed || time.GetTimestamp() < state.Until);
        }
    }

    public void Succeeded(string nodeId)
    {
        lock (_gate)
        {
            _failed.Remove(nodeId);
        }
    }

    public void Failed(string nodeId)
    {
        lock (_gate)
        {
            if (!_failed.TryGetValue(nodeId, out var state))
            {
                if (_failed.Count >= MaxEntries)
                {
                    return;
                }

                _failed[nodeId] = state = new State();
            }
            else if (!state.IsProbed)
            {
                return; // of the crowd that was under way when it failed: one of them counts
            }

            state.Pause = state.Pause == TimeSpan.Zero ? FirstPause : state.Pause * 2 < LongestPause ? state.Pause * 2 : LongestPause;
            state.Until = time.GetTimestamp() + (long)(state.Pause.TotalSeconds * time.TimestampFrequency);
            state.IsProbed = false;
        }
    }

    /// <summary>The request that asked has ended before the parent's answer was due: the next one finds out.</summary>
    public void GaveUp(string nodeId)
    {
        lock (_gate)
        {
            if (_failed.TryGetValue(nodeId, out var state))
            {
                state.IsProbed = false;
            }
        }
    }

    private sealed class State
    {
        public TimeSpan Pause { get; set; }

        /// <summary>A timestamp.</summary>
        public long Until { get; set; }

        /// <summary>One request is on its way to find out.</summary>
        public bool IsProbed { get; set; }
    }
}
