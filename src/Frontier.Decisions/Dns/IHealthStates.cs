// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Dns;

/// <summary>What is known of health checks (NB-5.6). Asked for each answer, by many at a time; must answer at once, from memory.</summary>
public interface IHealthStates
{
    /// <summary>True for a check of which nothing is known yet, or that is gone.</summary>
    bool IsHealthy(string healthCheckId);
}
