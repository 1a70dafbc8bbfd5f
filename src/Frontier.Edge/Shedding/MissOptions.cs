// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Shedding;

/// <summary>
/// How many requests may be with origins, and wait to be, so that misses never take what hits need. An answer counts until its last byte
/// has been taken from the origin. WebSockets and gRPC calls are conversations and count as connections only.
/// </summary>
public sealed record MissOptions
{
    /// <summary>With all origins. Default 8,192, as many as there are connections to them.</summary>
    public int MaxUnderWay { get; init; } = 8_192;

    /// <summary>Of one distribution, so that no other's viewers wait for its origins. Default half.</summary>
    public int MaxPerDistribution { get; init; } = 4_096;

    /// <summary>With one origin. Default 2,048, as many as there are connections to it.</summary>
    public int MaxPerOrigin { get; init; } = 2_048;

    /// <summary>That wait for room in any of these; at most half of them of one distribution. More are answered 503 at once.</summary>
    public int MaxWaiting { get; init; } = 8_192;

    /// <summary>For how long at most, before the answer is 503. Default 5 seconds.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
