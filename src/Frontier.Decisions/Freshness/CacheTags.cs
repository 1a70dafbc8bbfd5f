// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Freshness;

/// <summary>
/// The cache tags an origin gives an object, and those an invalidation names (DP-27.12): 1 to 256 characters of printable ASCII
/// without commas, at most 50 an object, upper and lower case alike. What is no tag is passed over. Pure.
/// </summary>
public static class CacheTags
{
    /// <summary>Longest tag, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>Most tags of one object; more are ignored.</summary>
    public const int MaxTags = 50;

    /// <summary>The tags in all fields of that name, in lower case, each once, with commas between; empty without a name or a tag.</summary>
    public static byte[] List(HeaderList headers, ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || !headers.Contains(name))
        {
            return [];
        }

        List<string> tags = new(4);
        for (var index = headers.IndexOf(name); index >= 0 && tags.Count < MaxTags; index = headers.IndexOf(name, index + 1))
        {
            Add(headers.Value(index), tags);
        }

        return Encoding.ASCII.GetBytes(string.Join(',', tags));
    }

    /// <summary>Whether an item of an invalidation is a tag and not a path.</summary>
    public static bool IsTag(string item) => item.StartsWith('#');

    /// <summary>The tag that such an item names, as <see cref="List"/> spells it.</summary>
    public static string Invalidated(string item) => item[1..].ToLowerInvariant();

    private static void Add(ReadOnlySpan<byte> value, List<string> tags)
    {
        foreach (var range in value.Split((byte)','))
        {
            var tag = value[range].Trim(" \t"u8);
            if (tag.Length is > 0 and <= MaxLength && tag.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 && tags.Count < MaxTags
                && Encoding.ASCII.GetString(tag).ToLowerInvariant() is var spelled && !tags.Contains(spelled))
            {
                tags.Add(spelled);
            }
        }
    }
}
