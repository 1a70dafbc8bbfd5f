// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Frontier.Decisions.Addresses;

/// <summary>What one edge knows that decides which addresses origins may have.</summary>
/// <param name="AllowsPrivate">Whether loopback, private and other addresses that are nobody's on the Internet are allowed.</param>
/// <param name="Closed">Servers of the installation itself; they stay closed whatever else is allowed.</param>
public sealed record AddressRules(bool AllowsPrivate, ImmutableArray<ClosedServer> Closed);

/// <summary>A server that no origin may be.</summary>
/// <param name="Port">Null for all of them.</param>
/// <param name="Verdict">Whose it is.</param>
public sealed record ClosedServer(IPNetwork Network, int? Port, AddressVerdict Verdict);
