// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Routing;

/// <summary>Who asks for edges, and of which distribution.</summary>
public sealed record RoutingQuestion
{
    /// <summary>The client's, where its resolver tells a part of it (RFC 7871), or the resolver's.</summary>
    public required IPAddress Client { get; init; }

    /// <summary>Where that is; null for nobody knows.</summary>
    public ViewerPlace? Place { get; init; }

    /// <summary>Of the distribution.</summary>
    public string PriceClass { get; init; } = "PriceClass_All";

    /// <summary>Which addresses are asked for.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.InterNetwork;
}
