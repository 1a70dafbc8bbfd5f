// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Zones;

/// <summary>One change of a batch.</summary>
/// <param name="Action">CREATE, DELETE or UPSERT.</param>
internal sealed record RecordChange(string Action, RecordSet Set)
{
    public const string Create = "CREATE";
    public const string Delete = "DELETE";
    public const string Upsert = "UPSERT";

    public static readonly ImmutableArray<string> Actions = [Create, Delete, Upsert];

    /// <summary>What an UPSERT does twice counts twice.</summary>
    public int Cost => Action == Upsert ? 2 : 1;
}
