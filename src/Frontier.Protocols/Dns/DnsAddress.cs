// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Frontier.Protocols.Dns;

/// <summary>Addresses as records write them: four decimal numbers, or RFC 4291, section 2.2; none of the shorter, octal or scoped forms that libraries take.</summary>
public static class DnsAddress
{
    private static readonly SearchValues<char> IPv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    public static bool TryParse(string text, AddressFamily family, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        var isWritten = family == AddressFamily.InterNetwork ? IsIPv4(text) : text.Contains(':', StringComparison.Ordinal) && !text.AsSpan().ContainsAnyExcept(IPv6Characters);
        return isWritten && IPAddress.TryParse(text, out address) && address.AddressFamily == family;
    }

    private static bool IsIPv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(static part => part.Length is >= 1 and <= 3 && (part.Length == 1 || part[0] != '0') && byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }
}
