// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Decisions.Models;

/// <summary>What is known of a viewer's connection beside its request.</summary>
public sealed record ViewerFacts
{
    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    /// <summary><c>TLSv1.2</c>, <c>TLSv1.3</c>; null without TLS.</summary>
    public string? TlsProtocol { get; init; }

    /// <summary>The suite's name; null without TLS.</summary>
    public string? TlsCipher { get; init; }
}
