// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Tests.Harness;

/// <summary>Chooses the last set for clients that told their network, and the first for others.</summary>
internal sealed class FirstChoice : ISetChoice
{
    public int Choose(Zone zone, ImmutableArray<RecordSetConfig> sets, in ClientNetwork client, Span<int> chosen, out int scopeLength)
    {
        scopeLength = client.IsTold ? 16 : 0;
        chosen[0] = client.IsTold ? sets.Length - 1 : 0;
        return 1;
    }
}
