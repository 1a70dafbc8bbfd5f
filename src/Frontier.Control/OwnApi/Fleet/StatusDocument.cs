// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Control.OwnApi.Fleet;

/// <summary>How the fleet does.</summary>
/// <param name="SnapshotVersion">The newest version of the configuration.</param>
/// <param name="InvalidationPosition">The end of the invalidation log.</param>
/// <param name="Problems">What is not as it should be, a sentence each; empty when all is well.</param>
public sealed record StatusDocument(
    DateTimeOffset Time, long SnapshotVersion, long InvalidationPosition, ImmutableArray<StatusPopDocument> Pops, ImmutableArray<StatusProcessDocument> Processes, ImmutableArray<string> Problems);

/// <param name="InService">Machines that are heard of and meant to serve.</param>
/// <param name="Machines">All of them.</param>
public sealed record StatusPopDocument(string Name, string Zone, string Region, bool IsDrained, int InService, int Machines, double RequestsPerSecond);

/// <summary>A process of the fleet: a machine's, or a control plane's.</summary>
/// <param name="Role"><c>control</c>, <c>edge</c>, <c>regional</c> or <c>dns</c>.</param>
/// <param name="State"><c>InService</c>, <c>Draining</c> or <c>Silent</c>.</param>
/// <param name="Pop">Null for a control process.</param>
/// <param name="LastHeardSeconds">How long ago it was last heard; null for not since anybody remembers.</param>
public sealed record StatusProcessDocument(string Id, string Role, string State, string ProgramVersion, string? Pop = null, double? LastHeardSeconds = null)
{
    /// <summary>The configuration that it serves; null where that is not known.</summary>
    public long? SnapshotVersion { get; init; }

    /// <summary>How many versions it is behind.</summary>
    public long SnapshotLag { get; init; }

    /// <summary>For how long the oldest version that it lacks has been there; longer, where that is a long time.</summary>
    public double SnapshotLagSeconds { get; init; }

    /// <summary>How far it has applied the invalidation log; null where it applies none, or that is not known.</summary>
    public long? InvalidationPosition { get; init; }

    /// <summary>How many entries it lacks.</summary>
    public long InvalidationLag { get; init; }

    /// <summary>A version that it will not serve; null for none.</summary>
    public long? RefusedVersion { get; init; }

    public ImmutableArray<string> Faults { get; init => field = value.OrNone; } = [];

    /// <summary>In steps of ten percent.</summary>
    public int Load { get; init; }

    /// <summary>Between its last two reports.</summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>Its own answers of 500 and above, not those of origins.</summary>
    public double ErrorsPerSecond { get; init; }

    /// <summary>To the first byte of hits.</summary>
    public long HitMedianMicroseconds { get; init; }

    /// <inheritdoc cref="HitMedianMicroseconds"/>
    public long HitP99Microseconds { get; init; }
}
