// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Forwarding;

/// <summary>Wants to know nothing: the header of a request that is only to be sent.</summary>
public readonly struct NoFieldMarks : IFieldMarks
{
    public void Note(ReadOnlySpan<byte> name, FieldSource source)
    {
    }
}
