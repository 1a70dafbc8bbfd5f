// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Frontier.Contracts;

namespace Frontier.Control.Fleet;

/// <summary>What was last heard of a process of the fleet, as control processes tell each other through the store.</summary>
/// <param name="Role">As <c>FleetName</c> has it; <c>control</c> for a control process.</param>
/// <param name="Pop">Empty for a control process.</param>
public sealed record MachineReport(string Role, string Pop, string ProgramVersion)
{
    /// <summary>Whether it is a machine that joined, and so not of the fleet once it was removed.</summary>
    public bool Joined { get; init; }

    public long SnapshotVersion { get; init; }

    public long InvalidationPosition { get; init; }

    /// <summary>The snapshot that it will not serve; 0 for none.</summary>
    public long RefusedVersion { get; init; }

    /// <summary>Why; at most a few sentences.</summary>
    public ImmutableArray<string> Faults { get; init => field = value.OrNone; } = [];

    /// <summary>In steps of ten percent (<see cref="LoadSteps"/>).</summary>
    public int Load { get; init; }

    /// <summary>Between its last two reports.</summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>Answers of 500 and above that were its own.</summary>
    public double ErrorsPerSecond { get; init; }

    /// <summary>To the first byte of hits, in microseconds.</summary>
    public long HitMedianMicroseconds { get; init; }

    /// <inheritdoc cref="HitMedianMicroseconds"/>
    public long HitP99Microseconds { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MachineReport))]
internal sealed partial class MachineReportJson : JsonSerializerContext;
