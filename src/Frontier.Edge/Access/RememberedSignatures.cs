// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Access;
using Frontier.Decisions.Models;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Edge.Access;

/// <summary>
/// Signatures that were verified lately, so that the next request with the same one costs no arithmetic on large numbers. One place
/// for each digest: whoever comes later has it. Only good signatures get in, so nobody without a key can crowd others out. Thread-safe
/// without a lock: entries are immutable, and each is read and written as one reference.
/// Benchmark: <c>signed-remembered</c>.
/// </summary>
internal sealed class RememberedSignatures : ISignatureMemory
{
    /// <summary>A power of two. With the largest policies that are kept, some 20 MB; with those that people write, a fifth.</summary>
    private const int Places = 32_768;

    /// <summary>Longer ones are read again each time.</summary>
    private const int MaxPatternBytes = 512;

    // Made with the first signature: most edges never see one.
    private Entry?[]? _entries;

    public SignedPolicy? Find(in SignatureDigest digest, TrustedKey key) =>
        Volatile.Read(ref _entries) is { } entries && Volatile.Read(ref entries[PlaceOf(digest)]) is { } entry && entry.Digest == digest && ReferenceEquals(entry.Key, key)
            ? entry.Policy
            : null;

    public void Remember(in SignatureDigest digest, TrustedKey key, SignedPolicy policy)
    {
        if (policy.Resource is { Length: > MaxPatternBytes })
        {
            return;
        }

        var entries = LazyInitializer.EnsureInitialized(ref _entries, static () => new Entry?[Places]);
        Volatile.Write(ref entries[PlaceOf(digest)], new Entry(digest, key, policy));
    }

    private static int PlaceOf(in SignatureDigest digest) => (int)(digest.First & (Places - 1));

    private sealed record Entry(SignatureDigest Digest, TrustedKey Key, SignedPolicy Policy);
}
