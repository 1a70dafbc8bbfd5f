// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Decisions.Matching;

/// <summary>
/// The form of a path that patterns are matched against: dot segments and duplicate slashes removed, needlessly escaped
/// unreserved characters decoded (DP-3.6, DP-3.7). Key and origin never see it.
/// </summary>
public static class MatchPath
{
    /// <summary>Returns <paramref name="path"/> itself when it is normal already, as nearly every path is.</summary>
    /// <param name="path">Begins with a slash.</param>
    /// <param name="buffer">At least as long as the path.</param>
    public static ReadOnlySpan<byte> Normalize(ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        if (path.IndexOf("//"u8) < 0 && path.IndexOf("/."u8) < 0 && !path.Contains((byte)'%'))
        {
            return path;
        }

        var length = 0;
        for (var i = 0; i < path.Length; i++)
        {
            buffer[length++] = TryDecodeUnreserved(path[i..], out var decoded) ? decoded : path[i];
            i += decoded != 0 ? 2 : 0;
        }

        return RemoveDotSegments(buffer[..length]);
    }

    /// <summary>RFC 3986, section 5.2.4, with runs of slashes counting as one.</summary>
    private static ReadOnlySpan<byte> RemoveDotSegments(Span<byte> path)
    {
        var written = 0;
        var i = 0;
        while (i < path.Length)
        {
            while (i + 1 < path.Length && path[i + 1] == '/')
            {
                i++;
            }

            var next = path[(i + 1)..].IndexOf((byte)'/');
            var end = next < 0 ? path.Length : i + 1 + next;
            var segment = path[(i + 1)..end];
            if (segment is [(byte)'.'] or [(byte)'.', (byte)'.'])
            {
                if (segment.Length == 2)
                {
                    written = Math.Max(path[..written].LastIndexOf((byte)'/'), 0);
                }

                if (end == path.Length)
                {
                    path[written++] = (byte)'/';
                }
            }
            else
            {
                path[i..end].CopyTo(path[written..]);
                written += end - i;
            }

            i = end;
        }

        return path[..written];
    }

    private static bool TryDecodeUnreserved(ReadOnlySpan<byte> text, out byte decoded)
    {
        decoded = 0;
        if (text is not [(byte)'%', _, _, ..] || !byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var unreserved = char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';
        decoded = unreserved ? value : (byte)0;
        return unreserved;
    }
}
