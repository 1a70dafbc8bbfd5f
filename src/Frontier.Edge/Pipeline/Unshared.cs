// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Edge.Origins;

namespace Frontier.Edge.Pipeline;

/// <summary>What a fill leaves for the viewer that led it alone. Whoever has it disposes it, or uses it up.</summary>
internal abstract record Unshared : IAsyncDisposable
{
    public abstract ValueTask DisposeAsync();
}

/// <summary>An answer that may not be shared, and why not.</summary>
internal sealed record UnsharedResponse(OriginResponse Response, string Reason) : Unshared
{
    public override ValueTask DisposeAsync() => Response.DisposeAsync();
}

/// <summary>An answer that is being stored, but each use of which needs the origin's word (DP-14.3).</summary>
internal sealed record UnsharedFill(Flight Flight, Fill Fill) : Unshared
{
    public override ValueTask DisposeAsync()
    {
        Flight.Leave();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A stored object that the origin has just vouched for, for this request.</summary>
internal sealed record UnsharedObject(CachedObject Object) : Unshared
{
    public override ValueTask DisposeAsync()
    {
        Object.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>What came belongs under another key: the answer is had by this flight, in which the viewer takes over the fill's place.</summary>
internal sealed record UnsharedFlight(Flight Flight) : Unshared
{
    public override ValueTask DisposeAsync()
    {
        Flight.Leave();
        return ValueTask.CompletedTask;
    }
}
