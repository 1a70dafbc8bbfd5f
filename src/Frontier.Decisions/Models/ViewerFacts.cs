// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Models;

/// <summary>What is known of a viewer's connection beside its request.</summary>
public sealed record ViewerFacts
{
    public required IPAddress Address { get; init; }

    /// <summary>Who opened the connection, where that is a proxy that asks for the viewer; else null.</summary>
    public IPAddress? Proxy { get; init; }

    /// <summary>The address as text; one of IPv4 that came through a socket of IPv6 is written as IPv4.</summary>
    public string AddressText => (Address.IsIPv4MappedToIPv6 ? Address.MapToIPv4() : Address).ToString();

    /// <summary>Writes who asked, as <c>X-Forwarded-For</c> adds it: the proxy where there is one. At most 56 bytes; returns how many.</summary>
    public int WriteAsker(Span<byte> into)
    {
        var asker = Proxy ?? Address;
        var plain = asker.IsIPv4MappedToIPv6 ? asker.MapToIPv4() : asker;
        return plain.TryFormat(into, out var written) ? written : throw new ArgumentException("No address is that long.", nameof(into));
    }

    public required int Port { get; init; }

    /// <summary><c>TLSv1.2</c>, <c>TLSv1.3</c>; null without TLS.</summary>
    public string? TlsProtocol { get; init; }

    /// <summary>The suite's name; null without TLS.</summary>
    public string? TlsCipher { get; init; }

    /// <summary>On the request for a custom error page, the path that failed (DP-19.5); else null.</summary>
    public string? FailedPath { get; init; }

    /// <summary>The query that came with <see cref="FailedPath"/>; null when there was none.</summary>
    public string? FailedQuery { get; init; }

    /// <summary>True for every request after a connection's first.</summary>
    public bool ConnectionReused { get; init; }

    /// <summary>32 hex digits; null without TLS, or when nobody asked for it as the connection began.</summary>
    public string? Ja3 { get; init; }

    /// <summary>36 characters; null like <see cref="Ja3"/>.</summary>
    public string? Ja4 { get; init; }

    /// <summary>Whether the request's distribution has asked for a certificate, and got its answer, on this very connection.</summary>
    public bool WasAskedForCertificate { get; init; }

    /// <summary>What the viewer has shown then; null for none.</summary>
    public ViewerCertificateFacts? Certificate { get; init; }

    /// <summary>Where the address is; null when nobody knows.</summary>
    public ViewerPlace? Place { get; init; }

    /// <summary>
    /// What the edge that the viewer came to has worked out under the names of <c>CloudFront-*</c> headers, where it asks for the
    /// viewer; null on that edge itself. It stands in the place of all that is known of the viewer here.
    /// </summary>
    public HeaderList? Told { get; init; }

    /// <summary>Address and port as <c>CloudFront-Viewer-Address</c> tells them: IPv6 with all its eight groups, so that what follows the last colon is the port (§10.3).</summary>
    public string AddressAndPort
    {
        get
        {
            if (Address.AddressFamily is not AddressFamily.InterNetworkV6 || Address.IsIPv4MappedToIPv6)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{AddressText}:{Port}");
            }

            var bytes = Address.GetAddressBytes();
            var groups = Enumerable.Range(0, 8).Select(i => ((bytes[2 * i] << 8) | bytes[(2 * i) + 1]).ToString("x", CultureInfo.InvariantCulture));
            return string.Create(CultureInfo.InvariantCulture, $"{string.Join(':', groups)}:{Port}");
        }
    }
}
