// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Decisions.Keys;

/// <summary>
/// Vary as a secondary key (RFC 9111, section 4.1): which fields an answer depends on, and what a request says in them. Only what
/// the origin is sent can have made a difference, so a field that is not forwarded counts as absent.
/// </summary>
public static class VaryKey
{
    /// <summary>The names that an answer's Vary lists: lower case, sorted, each once. Empty without Vary.</summary>
    public static IReadOnlyList<string> Names(HeaderList answer) => answer.Joined("vary"u8) is { } vary
        ? [.. vary.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Appends one line for each name: its value normalised (RFC 9111, section 4.1), or that it is absent.</summary>
    public static void Write(RequestHead request, BehaviorModel behavior, ViewerFacts viewer, IReadOnlyList<string> names, IBufferWriter<byte> into)
    {
        foreach (var name in names)
        {
            var bytes = Encoding.Latin1.GetBytes(name);
            into.Write("vary:"u8);
            into.Write(bytes);
            if (Value(request, behavior, viewer, bytes) is { } value)
            {
                into.Write("="u8);
                into.Write(Encoding.Latin1.GetBytes(value));
            }

            into.Write("\n"u8);
        }
    }

    private static string? Value(RequestHead request, BehaviorModel behavior, ViewerFacts viewer, byte[] name)
    {
        if (ViewerHeaders.IsOurs(name))
        {
            return behavior.RequestedHeaders.Any(requested => Ascii.EqualsIgnoreCase(requested, name)) ? ViewerHeaders.Value(name, request, viewer) : null;
        }

        if (Ascii.EqualsIgnoreCase(name, "accept-encoding"u8) && (behavior.CachePolicy.Gzip || behavior.CachePolicy.Brotli))
        {
            var encodings = AcceptEncodingNormalization.Decide(request, behavior.CachePolicy);
            return encodings is AcceptedEncodings.Unspecified ? null : Encoding.ASCII.GetString(encodings.OriginValue);
        }

        var isCookie = Ascii.EqualsIgnoreCase(name, "cookie"u8);
        if (isCookie ? !behavior.ForwardsCookies : !behavior.ForwardsHeader(name))
        {
            return null;
        }

        return ConnectionHeaders.IsNominated(request.Headers, name) ? null : Normalised(isCookie ? Cookies(request, behavior) : request.Headers.Joined(name));
    }

    /// <summary>As sent, where none of them signs for the distribution: such cookies are never in a key.</summary>
    private static string? Cookies(RequestHead request, BehaviorModel behavior) => behavior.HidesSigningCookies
        ? CookiePairs.Select(request.Headers, static name => !SigningNames.IsCookie(name)) is { Count: > 0 } pairs ? string.Join("; ", pairs.Select(Encoding.Latin1.GetString)) : null
        : request.Headers.Joined("cookie"u8);

    /// <summary>Several field lines are one list, and white space around its commas means nothing.</summary>
    private static string? Normalised(string? value) => value is null ? null : string.Join(',', value.Split(',', StringSplitOptions.TrimEntries));
}
