// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Routing;

/// <summary>The HTTPS record of a distribution (RFC 9460): what viewers speak with its edges at the name itself, and at which port.</summary>
internal static class ServiceRecord
{
    private const int HttpsPort = 443;

    /// <summary>Nothing where no edge has HTTPS. A port is told where it is another one than browsers take, and all edges have the same.</summary>
    public static byte[] Of(FleetDirectory directory, bool hasHttp2)
    {
        var ports = directory.Nodes.Where(static node => node.Facts is { Role: NodeRole.Edge, HttpsPort: > 0 }).Select(static node => node.Facts.HttpsPort).Distinct().Take(2).ToList();
        var port = ports is [var only] && only != HttpsPort ? $" port={only}" : "";
        return ports.Count == 0 ? [] : Parse($"1 . alpn={(hasHttp2 ? "h2,http/1.1" : "http/1.1")}{port}");
    }

    private static byte[] Parse(string text) =>
        RecordTypes.TryFind("HTTPS", out var type) && RecordData.TryParse(type, text, null, EscapeForm.Decimal, out var data, out _) ? data : throw new InvalidOperationException($"\"{text}\" is no HTTPS record.");
}
