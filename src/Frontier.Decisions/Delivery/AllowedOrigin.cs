// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Frontier.Protocols.Names;

namespace Frontier.Decisions.Delivery;

/// <summary>
/// One entry of the origins that a policy lets share its answers (DP-21.6): <c>[scheme://]host[:port]</c>. Without a scheme it
/// means http and https, without a port none at all. A star may stand for all that comes before the host's first dot, and
/// anywhere in the port.
/// </summary>
public sealed class AllowedOrigin
{
    private static readonly SearchValues<char> PortCharacters = SearchValues.Create("0123456789*");

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static readonly SearchValues<char> NotInHost = SearchValues.Create("*/:?#@\\ \t,");

    private readonly string? _scheme;
    private readonly string _host;
    private readonly bool _anySubdomain;
    private readonly string? _port;

    private AllowedOrigin(string? scheme, string host, bool anySubdomain, string? port) =>
        (_scheme, _host, _anySubdomain, _port) = (scheme, host, anySubdomain, port);

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out AllowedOrigin? origin)
    {
        origin = null;
        Split(text, out var scheme, out var host, out var port);
        var anySubdomain = host.StartsWith("*.", StringComparison.Ordinal);
        var fixedPart = anySubdomain ? host[1..] : host;
        var isHost = fixedPart.Length > (anySubdomain ? 1 : 0) && IsHost(fixedPart);
        var isPort = port is null || (port.Length > 0 && !port.ContainsAnyExcept(PortCharacters));
        if (scheme is not (null or "http" or "https") || !isHost || !isPort)
        {
            return false;
        }

        origin = new AllowedOrigin(scheme, fixedPart.ToString(), anySubdomain, port);
        return true;
    }

    /// <param name="origin">The viewer's Origin header.</param>
    public bool Matches(ReadOnlySpan<char> origin)
    {
        Split(origin, out var scheme, out var host, out var port);
        // What is no origin at all must not end as one does: a path, or whatever else stands before a dot.
        if (scheme is not ("http" or "https") || (_scheme is not null && _scheme != scheme)
            || !IsHost(host) || port.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var sameHost = _anySubdomain ? host.EndsWith(_host, StringComparison.OrdinalIgnoreCase) : host.Equals(_host, StringComparison.OrdinalIgnoreCase);
        return sameHost && (_port, port) switch
        {
            (null, null) => true,
            (null, _) => false,
            (_, null) => _port is "*",
            (_, _) => Glob.Matches(_port, port),
        };
    }

    private static bool IsHost(ReadOnlySpan<char> host) => IsAddress(host) || !host.ContainsAny(NotInHost);

    private static bool IsAddress(ReadOnlySpan<char> host) => host is ['[', .., ']'] && !host[1..^1].ContainsAnyExcept(AddressCharacters);

    /// <param name="scheme">Null when there is none; lower case, as schemes compare without it.</param>
    /// <param name="port">Null when there is none.</param>
    private static void Split(ReadOnlySpan<char> text, out string? scheme, out ReadOnlySpan<char> host, out string? port)
    {
        var mark = text.IndexOf("://", StringComparison.Ordinal);
        scheme = mark < 0 ? null : text[..mark].ToString().ToLowerInvariant();
        host = mark < 0 ? text : text[(mark + 3)..];
        var bracket = host.LastIndexOf(']'); // the colons of an IPv6 address are its own
        var colon = host[(bracket + 1)..].LastIndexOf(':');
        port = colon < 0 ? null : host[(bracket + 1 + colon + 1)..].ToString();
        host = colon < 0 ? host : host[..(bracket + 1 + colon)];
    }
}
