// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Serving;

/// <summary>There are no distributions.</summary>
internal sealed class NoEdges : IEdgeAddresses
{
    public EdgeAnswer Find(AliasTargetKind kind, ReadOnlySpan<byte> name, EdgeRecord record, in ClientNetwork client, Span<byte> data) => default;
}
