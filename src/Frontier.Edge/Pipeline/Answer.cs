// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>What a viewer is going to get, wherever it comes from: head, result, and a body that can be opened once.</summary>
internal abstract class Answer : IAsyncDisposable
{
    /// <summary>Owned by this answer; delivery changes it.</summary>
    public required ResponseHead Head { get; init; }

    public required ResultType Result { get; init; }

    public ErrorDetail Detail { get; init; }

    /// <summary>Null when it is not known until the end.</summary>
    public long? BodyLength { get; init; }

    /// <summary>Null for an answer that does not come from the cache.</summary>
    public int? AgeSeconds { get; init; }

    /// <summary>When its freshness ends; null for an answer that the cache does not have.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>The head under which the cache keeps it; null for an answer that it does not keep.</summary>
    public StoredHead? Kept { get; init; }

    /// <summary>The HTTP version it came in, as Via tells it.</summary>
    public string ViaVersion { get; init; } = "1.1";

    /// <summary>
    /// True for an object of ours, against which the viewer's conditions and ranges are evaluated here; false where the origin
    /// has done that, or where the answer is no object.
    /// </summary>
    public virtual bool IsObject => false;

    /// <summary>Fields to follow the body, once it has been read to its end; null for none.</summary>
    public virtual HeaderList? Trailers => null;

    /// <param name="offset">Where to begin; other than 0 only for objects.</param>
    /// <param name="length">Null for the rest.</param>
    public abstract BodyReader OpenBody(long offset, long? length);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
