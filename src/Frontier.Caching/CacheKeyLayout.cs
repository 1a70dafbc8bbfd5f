// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>
/// A key's parts: <c>partition \0 target \0 variant</c>. The partition is a distribution's id, the target the path (with
/// <c>?query</c> when the query is in the key), the variant whatever else distinguishes copies. Only the variant may hold a NUL.
/// </summary>
public static class CacheKeyLayout
{
    public static ReadOnlySpan<byte> Partition(ReadOnlySpan<byte> key)
    {
        var end = key.IndexOf((byte)0);
        return end < 0 ? key : key[..end];
    }

    public static ReadOnlySpan<byte> Target(ReadOnlySpan<byte> key)
    {
        var rest = After(key);
        var end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }

    public static ReadOnlySpan<byte> Variant(ReadOnlySpan<byte> key) => After(After(key));

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> key)
    {
        var end = key.IndexOf((byte)0);
        return end < 0 ? [] : key[(end + 1)..];
    }
}
