// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Forwarding;

/// <summary>Told why each field is in a request to an origin while <see cref="OriginHeaders"/> composes it. Implemented by structs, as <see cref="Keys.IKeyMarks"/> is.</summary>
public interface IFieldMarks
{
    /// <summary>A field of that name was decided on; the last word on a name counts.</summary>
    /// <param name="source"><see cref="FieldSource.None"/> for a viewer's field that does not go along.</param>
    void Note(ReadOnlySpan<byte> name, FieldSource source);
}
