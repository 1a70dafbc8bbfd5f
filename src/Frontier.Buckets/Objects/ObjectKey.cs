// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Objects;

/// <summary>
/// An object's name: 1 to 1,024 bytes of well-formed UTF-8, compared byte by byte as listings are ordered. It never becomes
/// the name of a file.
/// </summary>
internal readonly struct ObjectKey : IEquatable<ObjectKey>, IComparable<ObjectKey>
{
    public const int MaxBytes = 1024;

    private readonly byte[] _bytes;

    private ObjectKey(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads the percent-encoded form of a request target or of a copy source. False when it is not UTF-8, which no list could name.</summary>
    public static bool TryDecode(string encoded, out ObjectKey key)
    {
        var bytes = AwsUriEncoding.Decode(encoded);
        key = new ObjectKey(bytes);
        return Utf8.IsValid(bytes);
    }

    public static ObjectKey FromText(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>For bytes known to be UTF-8, and for bounds of a search, which need not be.</summary>
    public static ObjectKey FromBytes(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>Behind every key that begins with <paramref name="prefix"/>: 0xFF occurs in no UTF-8.</summary>
    public static ObjectKey After(ReadOnlySpan<byte> prefix) => new([.. prefix, 0xFF]);

    public int CompareTo(ObjectKey other) => Bytes.SequenceCompareTo(other.Bytes);

    public bool Equals(ObjectKey other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ObjectKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
