// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Decisions.Models;

/// <summary>What is known of a viewer's connection beside its request.</summary>
public sealed record ViewerFacts
{
    public required IPAddress Address { get; init; }

    /// <summary>The address as text; one of IPv4 that came through a socket of IPv6 is written as IPv4.</summary>
    public string AddressText => (Address.IsIPv4MappedToIPv6 ? Address.MapToIPv4() : Address).ToString();

    public required int Port { get; init; }

    /// <summary><c>TLSv1.2</c>, <c>TLSv1.3</c>; null without TLS.</summary>
    public string? TlsProtocol { get; init; }

    /// <summary>The suite's name; null without TLS.</summary>
    public string? TlsCipher { get; init; }

    /// <summary>On the request for a custom error page, the path that failed (DP-19.5); else null.</summary>
    public string? FailedPath { get; init; }

    /// <summary>The query that came with <see cref="FailedPath"/>; null when there was none.</summary>
    public string? FailedQuery { get; init; }
}
