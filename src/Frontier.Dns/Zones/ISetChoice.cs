// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;

namespace Frontier.Dns.Zones;

/// <summary>Chooses among the record sets of one name and type by their routing policy (NB-5.4, NB-5.5). Asked by many threads at once.</summary>
internal interface ISetChoice
{
    /// <summary>As many as are ever answered together (NB-5.4).</summary>
    const int MostChosen = 8;

    /// <param name="zone">Where the targets of aliases are looked for.</param>
    /// <param name="chosen">Takes the places of those chosen; of <see cref="MostChosen"/>.</param>
    /// <param name="scopeLength">For how large a network around the client the choice holds, in bits; 0 for everybody.</param>
    /// <returns>How many were chosen.</returns>
    int Choose(Zone zone, ImmutableArray<RecordSetConfig> sets, in ClientNetwork client, Span<int> chosen, out int scopeLength);
}
