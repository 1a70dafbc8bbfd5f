// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>A response headers policy, compiled.</summary>
public sealed class ResponseHeadersPolicyModel(ResponseHeadersPolicyConfig config)
{
    public string Id { get; } = config.Id;

    public string Name { get; } = config.Name;
}
