// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>
/// A name as it is looked up: in lower case, with the beginnings and the hashes of its labels. Made once and filled again for each
/// name, by one thread at a time.
/// </summary>
internal sealed class NameBuffer
{
    private readonly byte[] _wire = new byte[WireName.MaxLength];
    private readonly byte[] _starts = new byte[WireName.MaxLabels + 1];
    private readonly ulong[] _hashes = new ulong[WireName.MaxLabels + 1];
    private int _length = 1;

    /// <summary>Without the root.</summary>
    public int Labels { get; private set; }

    public ReadOnlySpan<byte> Wire => _wire.AsSpan(0, _length);

    /// <summary>The name without its first labels.</summary>
    /// <param name="label">0 for the whole name, <see cref="Labels"/> for the root.</param>
    public ReadOnlySpan<byte> From(int label) => _wire.AsSpan(_starts[label].._length);

    /// <summary>How many bytes come before a label.</summary>
    public int StartOf(int label) => _starts[label];

    public ulong HashFrom(int label) => _hashes[label];

    /// <summary>False for what is no name: a label of more than 63 bytes, more than 255 in all (RFC 1035 §2.3.4), or a pointer.</summary>
    /// <param name="source">Begins with an uncompressed name of any case.</param>
    public bool TryLoad(ReadOnlySpan<byte> source)
    {
        int at = 0, labels = 0;
        while (true)
        {
            if (at >= source.Length)
            {
                return false;
            }

            int length = source[at];
            if (length == 0)
            {
                break;
            }

            var next = at + 1 + length;
            if (length > WireName.MaxLabelLength || next >= WireName.MaxLength || next >= source.Length)
            {
                return false;
            }

            _starts[labels++] = (byte)at;
            at = next;
        }

        _starts[labels] = (byte)at;
        _length = at + 1;
        Labels = labels;
        WireName.ToLower(source[.._length], _wire);
        Hash();
        return true;
    }

    private void Hash()
    {
        var hash = NameHash.Root;
        _hashes[Labels] = hash;
        for (var label = Labels - 1; label >= 0; label--)
        {
            int start = _starts[label];
            hash = NameHash.Extend(hash, _wire.AsSpan(start + 1, _wire[start]));
            _hashes[label] = hash;
        }
    }
}
