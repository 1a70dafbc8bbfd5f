// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Keys;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Deployment;

/// <summary>
/// A viewer's stay on one side (DP-28.2), kept by the viewer itself in a cookie: <c>epoch.side.began.seen</c>. Nothing is
/// secret in it: who forges one chooses a side, as does who asks often enough.
/// </summary>
/// <param name="Began">Seconds since 1970.</param>
/// <param name="Seen">Seconds since 1970 of the last request.</param>
public readonly record struct DeploymentSession(bool IsStaging, long Began, long Seen)
{
    public static ReadOnlySpan<byte> CookieName => "aws-cf-cd-session"u8;

    /// <summary>Reads the request's cookie. False when there is none, or none that still holds.</summary>
    public static bool TryRead(HeaderList headers, SessionsConfig sessions, long now, out DeploymentSession session)
    {
        foreach (var pair in CookiePairs.Select(headers, static name => name.SequenceEqual(CookieName)))
        {
            if (TryParse(pair.AsSpan(Math.Min(CookieName.Length + 1, pair.Length)), sessions.Epoch, out session) && session.Holds(sessions, now))
            {
                return true;
            }
        }

        session = default;
        return false;
    }

    /// <summary>Takes the cookie out of a request: it belongs to no key and to no origin (DP-28.2).</summary>
    public static void RemoveFrom(HeaderList headers)
    {
        var toSee = headers.Count; // what is added comes after these
        for (var i = headers.IndexOf("cookie"u8); i >= 0 && i < toSee; i = headers.IndexOf("cookie"u8, i))
        {
            var value = headers.Value(i);
            if (value.IndexOf(CookieName) < 0)
            {
                i++;
                continue;
            }

            var kept = Without(value);
            headers.RemoveAt(i);
            toSee--;
            if (kept.Length > 0)
            {
                headers.Add("Cookie", kept);
            }
        }
    }

    /// <summary>The value of Set-Cookie that tells the viewer. Over plain HTTP it is not Secure: browsers would drop it.</summary>
    public string ToSetCookie(SessionsConfig sessions, bool isHttps)
    {
        var maxAge = Math.Min(sessions.IdleSeconds, Began + sessions.MaximumSeconds - Seen);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Encoding.ASCII.GetString(CookieName)}={sessions.Epoch}.{(IsStaging ? 's' : 'p')}.{Began}.{Seen}; Path=/; Max-Age={maxAge}; HttpOnly{(isHttps ? "; Secure" : "")}");
    }

    private static string Without(ReadOnlySpan<byte> cookies)
    {
        var kept = new List<string>();
        foreach (var range in cookies.Split((byte)';'))
        {
            var pair = cookies[range].Trim(" \t"u8);
            if (!pair.IsEmpty && !CookiePairs.Name(pair).SequenceEqual(CookieName))
            {
                kept.Add(Encoding.Latin1.GetString(pair));
            }
        }

        return string.Join("; ", kept);
    }

    private static bool TryParse(ReadOnlySpan<byte> text, string epoch, out DeploymentSession session)
    {
        session = default;
        Span<Range> parts = stackalloc Range[5];
        if (text.Length > 128 || Split(text, parts) is not 4 || !Ascii.Equals(text[parts[0]], epoch) || text[parts[1]] is not [(byte)'s' or (byte)'p'])
        {
            return false;
        }

        if (!TryReadNumber(text[parts[2]], out var began) || !TryReadNumber(text[parts[3]], out var seen))
        {
            return false;
        }

        session = new DeploymentSession(text[parts[1]][0] == 's', began, seen);
        return true;
    }

    private static int Split(ReadOnlySpan<byte> text, Span<Range> parts)
    {
        var count = 0;
        foreach (var range in text.Split((byte)'.'))
        {
            if (count == parts.Length)
            {
                return count;
            }

            parts[count++] = range;
        }

        return count;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        return !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && Utf8Parser.TryParse(digits, out number, out var read) && read == digits.Length;
    }

    private bool Holds(SessionsConfig sessions, long now) =>
        Began <= Seen && Seen <= now && now - Seen < sessions.IdleSeconds && now - Began < sessions.MaximumSeconds;
}
