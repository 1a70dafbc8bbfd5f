// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Decisions.Addresses;

namespace Frontier.Dns.Health;

/// <summary>What an operator decides about health checks at one DNS node.</summary>
public sealed record HealthProberOptions
{
    /// <summary>Whether checks may be of loopback, private and other addresses that are nobody's on the Internet: what is allowed to origins is allowed to them. Default false.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>Servers of the installation itself; they stay closed whatever else is allowed.</summary>
    public ImmutableArray<ClosedServer> Closed { get; init; } = [];

    /// <summary>Requests under way at a time; what is due beyond that waits for its turn. Default 64.</summary>
    public int MostAtOnce { get; init; } = 64;

    internal AddressRules Rules => new(AllowPrivate, Closed);
}
