// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Feed;

/// <summary>What this process knows of one edge. Written and read under the lock of <see cref="EdgeRegistry"/>.</summary>
internal sealed class EdgeState
{
    public required DateTimeOffset LastHeard { get; set; }

    /// <summary>Reports waiting for their answer: as long as there is one the edge is heard of now.</summary>
    public int OpenPolls { get; set; }

    /// <summary>The version last sent to it.</summary>
    public long SentVersion { get; set; }
}
