// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Linting;

/// <summary>A distribution as rules look at it: what was configured, and what it compiles to.</summary>
internal sealed class LintSubject
{
    public LintSubject(DistributionConfig config, DistributionModel model)
    {
        Config = config;
        Model = model;
        Patterned = [.. config.Behaviors.Select((behavior, position) => new LintedBehavior(behavior, model.Behaviors[position], position, this))];
        Default = new LintedBehavior(config.DefaultBehavior, model.DefaultBehavior, null, this);
    }

    public DistributionConfig Config { get; }

    public DistributionModel Model { get; }

    public LintedBehavior Default { get; }

    /// <summary>Those with a pattern, in the order they are tried.</summary>
    public ImmutableArray<LintedBehavior> Patterned { get; }

    public IEnumerable<LintedBehavior> Behaviors => Patterned.Prepend(Default);

    /// <summary>Origins that a behavior may ask, with their place in the list.</summary>
    public IEnumerable<(OriginConfig Origin, string Path)> UsedOrigins => Config.Origins
        .Select(static (origin, position) => (origin, FormattableString.Invariant($"Origins.Items[{position}]")))
        .Where(place => Behaviors.Any(behavior => behavior.Origins.Contains(place.origin)));
}
