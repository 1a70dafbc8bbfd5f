// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;

namespace Frontier.Control.Planning;

/// <summary>A configuration that is to be judged, in one of two forms.</summary>
public sealed record PlanRequest
{
    /// <summary>In the JSON of the AWS CLI, with or without what it prints around the DistributionConfig.</summary>
    public JsonObject? DistributionConfig { get; init; }

    /// <summary>In the XML of the API.</summary>
    public string? DistributionConfigXml { get; init; }

    /// <summary>Lines of the standard access log, at most what a body of a MiB holds; more is sent by further requests, each with its <c>#Fields:</c> line if it has one.</summary>
    public IReadOnlyList<string> Log { get; init => field = value ?? []; } = [];
}
