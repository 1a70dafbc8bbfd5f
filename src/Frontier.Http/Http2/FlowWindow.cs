// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>How many bytes of DATA one side may still send (RFC 9113, section 6.9). A change of settings may make it negative.</summary>
internal struct FlowWindow(int size)
{
    /// <summary>The largest that a window may become (RFC 9113, section 6.9.1).</summary>
    public const int MaxBytes = int.MaxValue;

    /// <summary>Of streams and connections, until something else is said (RFC 9113, section 6.9.2).</summary>
    public const int InitialBytes = 65_535;

    public int Available { get; private set; } = size;

    public void Take(int bytes) => Available -= bytes;

    /// <summary>False when the window would be larger than any may be; it is unchanged then.</summary>
    public bool TryGrow(int bytes)
    {
        var grown = (long)Available + bytes;
        if (grown > MaxBytes)
        {
            return false;
        }

        Available = (int)grown;
        return true;
    }
}
