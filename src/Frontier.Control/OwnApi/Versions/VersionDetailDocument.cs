// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>A version with what it says.</summary>
/// <param name="DistributionConfig">As the AWS CLI shows it, but for the values of custom origin headers, which are masked.</param>
public sealed record VersionDetailDocument(string DistributionId, VersionDocument Version, JsonObject DistributionConfig);
