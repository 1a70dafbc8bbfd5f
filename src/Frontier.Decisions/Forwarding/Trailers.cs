// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Forwarding;

/// <summary>
/// Which trailers pass the edge, either way. Fields that frame, route, authenticate or control caching mean nothing behind a
/// body, and a recipient that merges them would be misled (RFC 9110, section 6.5.1).
/// </summary>
public static class Trailers
{
    private static readonly byte[][] Refused =
    [
        "age"u8.ToArray(), "authorization"u8.ToArray(), "cache-control"u8.ToArray(), "cookie"u8.ToArray(), "date"u8.ToArray(), "expect"u8.ToArray(), "expires"u8.ToArray(),
        "host"u8.ToArray(), "location"u8.ToArray(), "max-forwards"u8.ToArray(), "pragma"u8.ToArray(), "range"u8.ToArray(), "retry-after"u8.ToArray(), "set-cookie"u8.ToArray(),
        "vary"u8.ToArray(), "via"u8.ToArray(), "www-authenticate"u8.ToArray(), "x-cache"u8.ToArray(), "x-forwarded-for"u8.ToArray(),
    ];

    private static readonly byte[][] RefusedPrefixes =
        ["accept-"u8.ToArray(), "cloudfront-"u8.ToArray(), "content-"u8.ToArray(), "if-"u8.ToArray(), "proxy-"u8.ToArray(), "x-amz-cf-"u8.ToArray(), "x-edge-"u8.ToArray()];

    /// <summary>Null when none passes.</summary>
    public static HeaderList? Filter(HeaderList? trailers)
    {
        HeaderList? passed = null;
        for (var i = 0; i < (trailers?.Count ?? 0); i++)
        {
            var name = trailers!.Name(i);
            if (Passes(name))
            {
                (passed ??= new HeaderList()).Add(name, trailers.Value(i));
            }
        }

        return passed;
    }

    private static bool Passes(ReadOnlySpan<byte> name)
    {
        foreach (var refused in Refused)
        {
            if (Ascii.EqualsIgnoreCase(refused, name))
            {
                return false;
            }
        }

        foreach (var prefix in RefusedPrefixes)
        {
            if (name.Length >= prefix.Length && Ascii.EqualsIgnoreCase(name[..prefix.Length], prefix))
            {
                return false;
            }
        }

        return !ConnectionHeaders.Contains(name);
    }
}
