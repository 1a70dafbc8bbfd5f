// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>An origin request policy, compiled. <see cref="None"/> stands for a behavior without one.</summary>
public sealed class OriginRequestPolicyModel(OriginRequestPolicyConfig config)
{
    public static OriginRequestPolicyModel None { get; } = new(new OriginRequestPolicyConfig { Id = "", Name = "none" });

    public string Id { get; } = config.Id;

    public string Name { get; } = config.Name;

    public OriginRequestHeaders Headers { get; } = config.Headers;

    /// <summary>The listed header names; what they mean depends on <see cref="Headers"/>.</summary>
    public NameSelection HeaderNames { get; } = new(new SelectionConfig(Selection.Whitelist, config.HeaderNames), ignoreCase: true);

    public NameSelection Cookies { get; } = new(config.Cookies, ignoreCase: false);

    public NameSelection QueryStrings { get; } = new(config.QueryStrings, ignoreCase: false);
}
