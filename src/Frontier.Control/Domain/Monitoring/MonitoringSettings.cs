// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Monitoring;

/// <summary>Whether a distribution's additional metrics are asked for (API-6.18).</summary>
/// <param name="Status"><c>Enabled</c> or <c>Disabled</c>.</param>
internal sealed record MonitoringSettings(string Status);
