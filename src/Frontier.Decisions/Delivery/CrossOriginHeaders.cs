// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using Frontier.Protocols.Names;

namespace Frontier.Decisions.Delivery;

/// <summary>The cross-origin headers of a response headers policy (DP-21.4 to DP-21.9).</summary>
public static class CrossOriginHeaders
{
    private static readonly byte[][] Names =
    [
        "access-control-allow-origin"u8.ToArray(), "access-control-allow-credentials"u8.ToArray(), "access-control-allow-headers"u8.ToArray(),
        "access-control-allow-methods"u8.ToArray(), "access-control-expose-headers"u8.ToArray(), "access-control-max-age"u8.ToArray(),
    ];

    public static void Apply(CorsModel cors, RequestHead request, HeaderList into)
    {
        if (request.Headers.GetText("origin"u8) is not { } origin)
        {
            return; // DP-21.4
        }

        if (cors.OriginOverride)
        {
            foreach (var name in Names)
            {
                into.Remove(name);
            }
        }
        else if (Array.Exists(Names, name => into.Contains(name)))
        {
            return; // DP-21.5
        }

        if (TryAllow(cors, origin, into))
        {
            AddRest(cors, request, into);
        }
    }

    /// <summary>DP-21.6. Where the origin is not allowed the other headers would mean nothing.</summary>
    private static bool TryAllow(CorsModel cors, string origin, HeaderList into)
    {
        if (cors.AllowsEveryOrigin)
        {
            into.Add("Access-Control-Allow-Origin"u8, "*"u8);
            return true;
        }

        foreach (var allowed in cors.Origins)
        {
            if (allowed.Matches(origin))
            {
                into.Add("Access-Control-Allow-Origin", origin);
                VaryField.Add("Origin"u8, into);
                return true;
            }
        }

        return false;
    }

    /// <summary>DP-21.7.</summary>
    private static void AddRest(CorsModel cors, RequestHead request, HeaderList into)
    {
        if (cors.AllowCredentials)
        {
            into.Add("Access-Control-Allow-Credentials"u8, "true"u8);
        }

        if (request.Method is not RequestMethod.Options || !request.Headers.Contains("access-control-request-method"u8))
        {
            AddUnlessEmpty("Access-Control-Expose-Headers"u8, cors.ExposeHeaders, into);
            return;
        }

        AddUnlessEmpty("Access-Control-Allow-Methods"u8, cors.AllowMethods, into);
        AddUnlessEmpty("Access-Control-Allow-Headers"u8, AllowedHeaders(cors, request.Headers), into);
        AddUnlessEmpty("Access-Control-Max-Age"u8, cors.MaxAge, into);
    }

    /// <summary>
    /// The names listed, and those the viewer asks for that a pattern matches: a browser knows no patterns but the star, and
    /// that one not beside credentials (DP-21.9).
    /// </summary>
    private static byte[] AllowedHeaders(CorsModel cors, HeaderList headers)
    {
        var allowed = cors.AllowHeaders.Where(static name => !name.Contains('*', StringComparison.Ordinal)).ToList();
        var asked = headers.Joined("access-control-request-headers"u8)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (var name in asked.Where(FieldSyntax.IsName))
        {
            if (cors.AllowHeaders.Any(pattern => IsMatch(pattern, name)) && !allowed.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                allowed.Add(name);
            }
        }

        return Encoding.Latin1.GetBytes(string.Join(", ", allowed));
    }

    private static bool IsMatch(string pattern, string name) => pattern == "*"
        ? !name.Equals("authorization", StringComparison.OrdinalIgnoreCase)
        : Glob.Matches(pattern.ToUpperInvariant(), name.ToUpperInvariant());

    private static void AddUnlessEmpty(ReadOnlySpan<byte> name, byte[] value, HeaderList into)
    {
        if (value.Length > 0)
        {
            into.Add(name, value);
        }
    }
}
