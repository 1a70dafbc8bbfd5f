// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Decisions.Keys;

/// <summary>The <c>name=value</c> pairs of a request's Cookie headers that a policy takes, sorted by name (DP-6.6, DP-9.6).</summary>
public static class CookiePairs
{
    /// <summary>Hands each pair as the bytes received, in order of name; pairs of one name keep their order.</summary>
    public static List<byte[]> Select(HeaderList headers, TakesName takes)
    {
        var pairs = new List<byte[]>();
        for (var i = headers.IndexOf("cookie"u8); i >= 0; i = headers.IndexOf("cookie"u8, i + 1))
        {
            var value = headers.Value(i);
            foreach (var range in value.Split((byte)';'))
            {
                var pair = value[range].Trim(" \t"u8);
                if (!pair.IsEmpty && takes(Name(pair)))
                {
                    pairs.Add(pair.ToArray());
                }
            }
        }

        return [.. pairs.Order(ByName.Instance)];
    }

    /// <summary>What a pair is called.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> pair) => pair.IndexOf((byte)'=') is >= 0 and var equals ? pair[..equals] : pair;

    private sealed class ByName : IComparer<byte[]>
    {
        public static readonly ByName Instance = new();

        public int Compare(byte[]? one, byte[]? other) => Name(one).SequenceCompareTo(Name(other));
    }
}

/// <summary>Whether a member of that name is taken.</summary>
public delegate bool TakesName(ReadOnlySpan<byte> name);
