// SPDX-License-Identifier: Apache-2.0

using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Edge.Origins;

/// <summary>Bounds of the connections towards origins, and whom to trust.</summary>
public sealed class OriginClientOptions
{
    /// <summary>Open connections to all origins, busy and idle. Default 8,192: a quarter of a usual limit of 32,768 descriptors.</summary>
    [Range(1, 1 << 20)]
    public int MaxConnections { get; set; } = 8_192;

    /// <summary>Open connections to one endpoint, busy and idle. Default 2,048.</summary>
    [Range(1, 1 << 20)]
    public int MaxConnectionsPerEndpoint { get; set; } = 2_048;

    /// <summary>Idle connections kept for one endpoint. Default 128; more are closed when their response is over.</summary>
    [Range(0, 1 << 20)]
    public int MaxIdlePerEndpoint { get; set; } = 128;

    /// <summary>Endpoints with connections for gRPC; the one without calls that was unused for longest gives way. Default 128.</summary>
    [Range(1, 1 << 16)]
    public int MaxGrpcEndpoints { get; set; } = 128;

    /// <summary>Whether the machine's own roots are trusted. Default true.</summary>
    public bool TrustsSystem { get; set; } = true;

    /// <summary>Roots trusted besides the machine's own, or alone where those are not. Default none.</summary>
    public X509Certificate2Collection AdditionalRoots { get; } = [];
}
