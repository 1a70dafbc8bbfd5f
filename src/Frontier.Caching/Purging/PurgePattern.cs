// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Caching.Purging;

/// <summary>A pattern as it is kept: the hash of its text. A collision purges too much, never too little.</summary>
/// <param name="PrefixLength">Bytes before the <c>*</c>; 0 for other kinds.</param>
internal readonly record struct PurgePattern(PatternKind Kind, int PrefixLength, ulong Hash)
{
    /// <summary>Matches every target of the partition, for each begins with a slash (DP-27.5).</summary>
    public bool IsEverything => Kind == PatternKind.Prefix && PrefixLength <= 1;

    public static IEnumerable<PurgePattern> Of(PurgeEntry entry, TargetHasher hasher) =>
        entry.Patterns.Select(pattern => Parse(pattern, hasher))
            .Concat(entry.Tags.Select(tag => new PurgePattern(PatternKind.Tag, 0, hasher.Hash(Encoding.UTF8.GetBytes(tag)))));

    private static PurgePattern Parse(string pattern, TargetHasher hasher)
    {
        var bytes = Encoding.UTF8.GetBytes(pattern);
        return bytes is [.., (byte)'*']
            ? new PurgePattern(PatternKind.Prefix, bytes.Length - 1, hasher.Hash(bytes.AsSpan(0, bytes.Length - 1)))
            : new PurgePattern(PatternKind.Exact, 0, hasher.Hash(bytes));
    }
}
