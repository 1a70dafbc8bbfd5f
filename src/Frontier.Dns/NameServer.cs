// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Frontier.Dns;

/// <summary>A name server of the distributions' zone.</summary>
/// <param name="Name">E.g. <c>ns1.example.net</c>.</param>
/// <param name="Addresses">Answered for its name, where that lies in the zone.</param>
public sealed record NameServer(string Name, ImmutableArray<IPAddress> Addresses);
