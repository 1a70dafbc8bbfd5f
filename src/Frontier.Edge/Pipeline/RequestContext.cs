// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Caching;
using Frontier.Decisions.Models;
using Frontier.Http;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>One request on its way through the pipeline: what was asked, what was decided so far, and the record of it. Belongs to one request.</summary>
internal sealed class RequestContext(HttpExchange exchange, RequestRecord record, ViewerFacts viewer) : IDisposable
{
    public HttpExchange Exchange { get; } = exchange;

    public RequestHead Request => Exchange.Request;

    public RequestRecord Record { get; } = record;

    public ViewerFacts Viewer { get; } = viewer;

    /// <summary>The normalised host, once the distribution is known.</summary>
    public string Host { get; set; } = "";

    /// <summary>Set by resolve.</summary>
    public DistributionModel Distribution { get; set; } = null!;

    /// <summary>Set by match.</summary>
    public BehaviorModel Behavior { get; set; } = null!;

    /// <summary>The cache key, where the request goes through the cache.</summary>
    public ArrayBufferWriter<byte> Key { get; } = new(256);

    /// <summary>A stored object whose time is over: revalidated, or served where the origin fails.</summary>
    public CachedObject? Stale { get; set; }

    /// <summary>What was asked of the origin last; null while nothing was.</summary>
    public OriginCall? OriginCall { get; set; }

    public void Dispose() => Stale?.Dispose();
}
