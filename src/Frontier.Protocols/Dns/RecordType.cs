// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Protocols.Dns;

/// <summary>A type of records: how it is called, and what its data consists of.</summary>
/// <param name="Fields">Empty for a type that is not known, whose data is bytes and nothing else (RFC 3597).</param>
public sealed record RecordType(string Name, ushort Number, ImmutableArray<DataField> Fields)
{
    public bool IsKnown => !Fields.IsEmpty;
}
