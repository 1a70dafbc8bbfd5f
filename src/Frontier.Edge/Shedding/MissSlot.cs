// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Origins;

namespace Frontier.Edge.Shedding;

/// <summary>One miss's leave to ask its origin, from <see cref="MissGate.EnterAsync"/> until it is given back, once.</summary>
internal sealed class MissSlot(MissGate gate, string distribution, OriginAddress origin, UInt128? viewer)
{
    private int _isBack;

    public string Distribution { get; } = distribution;

    public OriginAddress Origin { get; } = origin;

    /// <summary>For whom it counts; null for one who speaks for many.</summary>
    public UInt128? Viewer { get; } = viewer;

    /// <summary>Later calls do nothing.</summary>
    public void GiveBack()
    {
        if (Interlocked.Exchange(ref _isBack, 1) == 0)
        {
            gate.GiveBack(this);
        }
    }
}
