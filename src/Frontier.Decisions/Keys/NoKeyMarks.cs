// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Keys;

/// <summary>Wants to know nothing: the key of a request that is only to be served.</summary>
public readonly struct NoKeyMarks : IKeyMarks
{
    public void Begin(KeyPart part, ReadOnlySpan<byte> name)
    {
    }

    public void LeaveOut(ReadOnlySpan<byte> name)
    {
    }
}
