// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Caching.Purging;

/// <summary>A pattern as it is kept: the hash of its text. A collision purges too much, never too little.</summary>
/// <param name="PrefixLength">Bytes before the <c>*</c>; <see cref="Exact"/> for an exact target.</param>
internal readonly record struct PurgePattern(int PrefixLength, ulong Hash)
{
    public const int Exact = -1;

    /// <summary>Matches every target of the partition, for each begins with a slash (DP-27.5).</summary>
    public bool IsEverything => PrefixLength is 0 or 1;

    public static PurgePattern Parse(string pattern, TargetHasher hasher)
    {
        var bytes = Encoding.UTF8.GetBytes(pattern);
        return bytes is [.., (byte)'*']
            ? new PurgePattern(bytes.Length - 1, hasher.Hash(bytes.AsSpan(0, bytes.Length - 1)))
            : new PurgePattern(Exact, hasher.Hash(bytes));
    }
}
