// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tiers;

/// <summary>
/// What of a viewer's request goes to the next machine on its way: all that the key, the origin's request and the rules of caching
/// are made of there by the same code as here. What is known of the viewer alone goes as the <c>CloudFront-*</c> headers that the
/// policies ask for; who writes those is this machine, and no viewer.
/// </summary>
public static class TierHeaders
{
    /// <summary>They end with the viewer's connection, or are said anew.</summary>
    private static readonly byte[][] NeverSent =
        ["host"u8.ToArray(), "content-length"u8.ToArray(), "expect"u8.ToArray(), "http2-settings"u8.ToArray(), "x-amz-cf-id"u8.ToArray()];

    /// <summary>Of use only to the viewer that sent them.</summary>
    private static readonly byte[][] Conditions =
        ["range"u8.ToArray(), "if-range"u8.ToArray(), "if-match"u8.ToArray(), "if-none-match"u8.ToArray(), "if-modified-since"u8.ToArray(), "if-unmodified-since"u8.ToArray()];

    /// <summary>Whether a name is one that machines of a fleet tell each other something by. From anybody else it says nothing.</summary>
    public static bool IsOfTiers(ReadOnlySpan<byte> name) => name.Length > 7 && Ascii.EqualsIgnoreCase(name[..7], "x-edge-"u8);

    /// <param name="keepsConditions">Whether the answer is the viewer's alone, conditions and range included.</param>
    public static void Copy(RequestHead request, BehaviorModel behavior, ViewerFacts viewer, bool keepsConditions, HeaderList into)
    {
        var headers = request.Headers;
        for (var i = 0; i < headers.Count; i++)
        {
            var name = headers.Name(i);
            if (!IsOneOf(name, NeverSent) && !IsOfTiers(name) && !ConnectionHeaders.Contains(name) && !ConnectionHeaders.IsNominated(headers, name)
                && (keepsConditions || !IsOneOf(name, Conditions)) && !IsIdle(name, behavior) && !IsReplaced(name, behavior))
            {
                into.Add(name, headers.Value(i));
            }
        }

        foreach (var name in behavior.RequestedHeaders)
        {
            if (ViewerHeaders.IsOurs(name) && !into.Contains(name) && ViewerHeaders.Value(name, request, viewer) is { } value)
            {
                into.Add(name, Encoding.Latin1.GetBytes(value));
            }
        }
    }

    /// <summary>Cookies can be long, and go nowhere where no policy takes any.</summary>
    private static bool IsIdle(ReadOnlySpan<byte> name, BehaviorModel behavior) => !behavior.ForwardsCookies && Ascii.EqualsIgnoreCase(name, "cookie"u8);

    /// <summary>A viewer's word under a name of ours: only one that means nothing here goes on, as a header like any other (§10.2).</summary>
    private static bool IsReplaced(ReadOnlySpan<byte> name, BehaviorModel behavior)
    {
        if (!ViewerHeaders.IsOurs(name))
        {
            return false;
        }

        foreach (var requested in behavior.RequestedHeaders)
        {
            if (Ascii.EqualsIgnoreCase(requested, name))
            {
                return true;
            }
        }

        return !behavior.IsLegacy;
    }

    private static bool IsOneOf(ReadOnlySpan<byte> name, byte[][] names)
    {
        foreach (var candidate in names)
        {
            if (candidate.Length == name.Length && Ascii.EqualsIgnoreCase(candidate, name))
            {
                return true;
            }
        }

        return false;
    }
}
