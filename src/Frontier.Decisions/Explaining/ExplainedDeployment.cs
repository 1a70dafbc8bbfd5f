// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Explaining;

/// <summary>Which side of a continuous deployment serves (§28).</summary>
/// <param name="PrimaryId">The distribution that the Host means.</param>
/// <param name="Staging">Whether its staging distribution serves in its place.</param>
public sealed record ExplainedDeployment(string PolicyId, string PrimaryId, bool Staging, string Why, string Rule);
