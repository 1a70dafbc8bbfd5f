// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>One connection's part in the <see cref="BodySpace"/>. Under the connection's lock.</summary>
/// <param name="space">Null for as much as the windows allow.</param>
internal sealed class ConnectionBodies(BodySpace? space)
{
    private int _bytes;

    /// <summary>There is hardly any room left, and it is connections like this one that have it: what is read as it comes keeps less.</summary>
    public bool IsTooMuch => _bytes > Http2Limits.FrugalBodyBytes && space is { IsShort: true };

    /// <param name="change">Taken, or given back where it is less than 0.</param>
    public void Add(int change)
    {
        _bytes += change;
        space?.Add(change);
    }
}
