// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Frontier.Contracts;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Models;

/// <summary>A distribution, compiled; immutable, read by every request.</summary>
public sealed class DistributionModel(DistributionConfig config, ImmutableArray<BehaviorModel> behaviors, BehaviorModel defaultBehavior)
{
    /// <summary>How long an error answer is kept where nothing else is said (DP-19.1).</summary>
    public static readonly TimeSpan DefaultErrorCaching = TimeSpan.FromSeconds(10);

    private readonly FrozenDictionary<int, TimeSpan> _errorCaching =
        config.ErrorCaching.ToFrozenDictionary(static error => error.Status, static error => TimeSpan.FromSeconds(error.MinTtlSeconds));

    public string Id { get; } = config.Id;

    /// <summary>The id's bytes: the partition of its cache keys (DP-6.1: the distribution, never the alias).</summary>
    public ImmutableArray<byte> Partition { get; } = [.. Encoding.ASCII.GetBytes(config.Id)];

    public string DomainName { get; } = config.DomainName;

    public ImmutableArray<string> Aliases { get; } = config.Aliases;

    public bool Enabled { get; } = config.Enabled;

    public bool Http2 { get; } = config.Http2;

    public bool LogCookies { get; } = config.LogCookies;

    /// <summary>With its leading slash; empty for none.</summary>
    public ImmutableArray<byte> DefaultRootObject { get; } =
        config.DefaultRootObject.Length == 0 ? [] : [.. Encoding.Latin1.GetBytes("/" + config.DefaultRootObject)];

    public BehaviorModel DefaultBehavior { get; } = defaultBehavior;

    public ImmutableArray<BehaviorModel> Behaviors { get; } = behaviors;

    public TimeSpan ErrorCaching(int status) => _errorCaching.GetValueOrDefault(status, DefaultErrorCaching);

    /// <summary>DP-3.9: only the exact path <c>/</c>, for every method, with the query kept.</summary>
    public void ApplyDefaultRootObject(RequestHead request)
    {
        if (DefaultRootObject.Length > 0 && request.Path is [(byte)'/'])
        {
            request.SetPath(DefaultRootObject.AsSpan());
        }
    }
}
