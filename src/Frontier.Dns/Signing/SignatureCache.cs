// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Signing;

/// <summary>
/// Signatures that were made, found by a digest of what they are for. Two generations: when the younger one is full, it becomes the
/// older one, and what nobody asked for since is gone. Thread-safe.
/// </summary>
/// <param name="capacity">Signatures in each generation.</param>
internal sealed class SignatureCache(int capacity)
{
    private readonly Lock _gate = new();
    private Dictionary<UInt128, Signature> _young = [];
    private Dictionary<UInt128, Signature> _old = [];

    public Signature? Find(UInt128 digest)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(digest, out var young))
            {
                return young;
            }

            if (!_old.TryGetValue(digest, out var old))
            {
                return null;
            }

            Keep(digest, old);
            return old;
        }
    }

    public void Add(UInt128 digest, Signature signature)
    {
        lock (_gate)
        {
            Keep(digest, signature);
        }
    }

    private void Keep(UInt128 digest, Signature signature)
    {
        if (_young.Count >= capacity)
        {
            (_old, _young) = (_young, []);
        }

        _young[digest] = signature;
    }
}
