// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;

namespace Frontier.Dns.Zones;

/// <summary>Knows at which addresses clients find what an alias stands for, and the distributions that there are (NB-5.7). Asked by many threads at once.</summary>
public interface IEdgeAddresses
{
    /// <summary>How long answers hold where nothing else is said (NB-5.3).</summary>
    const int DefaultTtlSeconds = 60;

    /// <summary>At most so many bytes are written: room for 16 addresses, or one record.</summary>
    const int MaxLength = 256;

    /// <param name="kind">A distribution, or the website of a bucket.</param>
    /// <param name="name">In wire form and lower case.</param>
    /// <param name="data">Takes addresses one behind the other, or the data of the one record; of <see cref="MaxLength"/> bytes.</param>
    EdgeAnswer Find(AliasTargetKind kind, ReadOnlySpan<byte> name, EdgeRecord record, in ClientNetwork client, Span<byte> data);
}
