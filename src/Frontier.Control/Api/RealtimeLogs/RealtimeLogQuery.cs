// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;

namespace Frontier.Control.Api.RealtimeLogs;

/// <summary>ListDistributionsByRealtimeLogConfigRequest (<c>api.md</c> §6.2).</summary>
internal sealed record RealtimeLogQuery(RealtimeLogTarget Target, string? Marker, string? MaxItems)
{
    public const string RootName = "ListDistributionsByRealtimeLogConfigRequest";

    public static RealtimeLogQuery Read(ElementReader root) =>
        new(RealtimeLogTarget.Read(root, "RealtimeLogConfigName", "RealtimeLogConfigArn"), root.Text("Marker"), root.Text("MaxItems"));
}
