// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>Who may sign URLs and cookies for a behavior (§24).</summary>
/// <param name="KeyGroupIds">Without any, nobody may, and nobody gets anything.</param>
public sealed record SignersConfig(ImmutableArray<string> KeyGroupIds);
