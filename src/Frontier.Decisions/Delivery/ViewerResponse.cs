// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Delivery;

/// <summary>Which of an origin's response headers a viewer gets, and the cache keeps (§21.2). Cache-Control and Expires pass as they came, whatever the edge's own time to live is (DP-14.7).</summary>
public static class ViewerResponse
{
    /// <summary>Copies what passes into <paramref name="into"/>. Framing is left to the transport, identification to the delivery.</summary>
    /// <param name="isShared">True when the answer is to be stored: fields that it reserves for one viewer are then left out (DP-14.9).</param>
    /// <param name="reserved">Where those go, for the viewer that the answer was made for; null when nobody is to have them.</param>
    public static void Filter(ResponseHead answer, BehaviorModel behavior, bool isShared, ResponseHead into, HeaderList? reserved = null)
    {
        into.Status = answer.Status;
        into.Headers.Clear();
        var control = isShared ? ResponseCacheControl.Parse(answer.Headers) : default;
        var targeted = isShared && ResponseCacheControl.TryParseTargeted(answer.Headers, out var forCdns) ? forCdns : control; // whichever decides, what either reserves is kept from others
        for (var i = 0; i < answer.Headers.Count; i++)
        {
            var name = answer.Headers.Name(i);
            if (IsDropped(name, behavior) || ConnectionHeaders.IsNominated(answer.Headers, name))
            {
                continue;
            }

            if (isShared && (Reserves(control, name) || Reserves(targeted, name)))
            {
                reserved?.Add(name, answer.Headers.Value(i));
                continue;
            }

            if (Is(name, "vary"u8))
            {
                AddVary(answer.Headers.ValueText(i), behavior, into.Headers);
            }
            else
            {
                into.Headers.Add(name, answer.Headers.Value(i));
            }
        }
    }

    private static bool IsDropped(ReadOnlySpan<byte> name, BehaviorModel behavior) =>
        ConnectionHeaders.Contains(name) || StartsWith(name, "proxy-"u8) || Is(name, "content-length"u8) || Is(name, "age"u8) || Is(name, "via"u8) || Is(name, "x-cache"u8)
        || StartsWith(name, "x-amz-cf-"u8) || StartsWith(name, "x-edge-"u8)
        || (Is(name, "set-cookie"u8) && !behavior.ForwardsCookies) // DP-14.9
        || (behavior.HasS3Origin && (Is(name, "x-amz-id-2"u8) || Is(name, "x-amz-request-id"u8))); // DP-13.4

    /// <summary>Only what can make a difference here stays: an encoding, a cookie, a header that the origin is sent.</summary>
    private static void AddVary(string value, BehaviorModel behavior, HeaderList into)
    {
        var kept = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => IsKeptInVary(name, behavior)).ToArray();
        if (kept.Length > 0)
        {
            into.Add("Vary", string.Join(", ", kept));
        }
    }

    private static bool IsKeptInVary(string name, BehaviorModel behavior)
    {
        var bytes = Encoding.Latin1.GetBytes(name);
        return Is(bytes, "accept-encoding"u8) || Is(bytes, "cookie"u8) || name == "*" || behavior.ForwardsHeader(bytes)
            || (Is(bytes, "user-agent"u8) && behavior.RequestedHeaders.Any(static header => StartsWith(header, "cloudfront-is-"u8)));
    }

    private static bool Reserves(in ResponseCacheControl control, ReadOnlySpan<byte> name) => IsListed(control.NoCacheFields, name) || IsListed(control.PrivateFields, name);

    private static bool IsListed(string? list, ReadOnlySpan<byte> name)
    {
        if (list is null)
        {
            return false;
        }

        var text = Encoding.Latin1.GetString(name);
        return list.Split(',', StringSplitOptions.TrimEntries).Contains(text, StringComparer.OrdinalIgnoreCase);
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) => name.Length == other.Length && Ascii.EqualsIgnoreCase(name, other);

    private static bool StartsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> prefix) =>
        name.Length >= prefix.Length && Ascii.EqualsIgnoreCase(name[..prefix.Length], prefix);
}
