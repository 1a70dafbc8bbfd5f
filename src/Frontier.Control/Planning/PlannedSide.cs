// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Decisions.Models;
using Frontier.Decisions.Planning;

namespace Frontier.Control.Planning;

/// <summary>A distribution in all its shapes, as it is or as it would be.</summary>
internal sealed record PlannedSide(DistributionSettings Settings, DistributionConfig Config, DistributionModel Model)
{
    /// <summary>Compiles one distribution of a catalogue the whole way; an error where an edge would refuse it.</summary>
    public static Outcome<PlannedSide> Compile(Catalogue catalogue, string id, ControlOptions options)
    {
        var distribution = catalogue.FindDistribution(id)!;
        var few = catalogue with { Distributions = [.. catalogue.Distributions.Where(other => other.Id == id || other.Settings.Staging)] };

        // A compiler of its own: that of the publisher remembers the whole of the last snapshot, and this is none.
        var snapshot = new Publishing.SnapshotCompiler(options).Compile(few, catalogue.Version, DateTimeOffset.UnixEpoch);
        return SingleDistribution.Compile(snapshot, id) switch
        {
            { Model: { } model } compiled => new PlannedSide(distribution.Settings, compiled.Config, model),
            { } refused => ApiErrors.InvalidArgument.Saying($"No edge would serve this configuration: {string.Join(" ", refused.Faults)}"),
            null => throw new InvalidOperationException($"The snapshot lacks {id}, which it was compiled of."),
        };
    }
}
