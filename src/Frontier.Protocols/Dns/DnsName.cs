// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Frontier.Protocols.Dns;

/// <summary>
/// A fully qualified domain name (RFC 1035, section 3.1): labels of 1 to 63 bytes, 255 bytes in all. Letters keep their case and
/// are equal without it; the order is the canonical one (RFC 4034, section 6.1). Immutable.
/// </summary>
public sealed class DnsName : IEquatable<DnsName>, IComparable<DnsName>
{
    /// <summary>Bytes of the longest name in wire form.</summary>
    public const int LongestWire = 255;

    /// <summary>Bytes of the longest label.</summary>
    public const int LongestLabel = 63;

    /// <summary>Labels of a name with as many as fit, the root's not counted.</summary>
    public const int MostLabels = 127;

    public static readonly DnsName Root = new([0]);

    private readonly byte[] _wire;

    private DnsName(byte[] wire) => _wire = wire;

    /// <summary>Length bytes and labels, the root's empty one last; without compression.</summary>
    public ReadOnlySpan<byte> Wire => _wire;

    public bool IsRoot => _wire.Length == 1;

    public bool IsWildcard => _wire is [1, (byte)'*', ..];

    /// <summary>The root's empty label is not counted.</summary>
    public int LabelCount
    {
        get
        {
            var count = 0;
            for (var at = 0; _wire[at] != 0; at += _wire[at] + 1)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>The name without its first label; the root's is the root.</summary>
    public DnsName Parent => IsRoot ? this : new DnsName(_wire[(_wire[0] + 1)..]);

    public static bool operator ==(DnsName? left, DnsName? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(DnsName? left, DnsName? right) => !(left == right);

    public static bool operator <(DnsName left, DnsName right) => left.CompareTo(right) < 0;

    public static bool operator >(DnsName left, DnsName right) => left.CompareTo(right) > 0;

    public static bool operator <=(DnsName left, DnsName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DnsName left, DnsName right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a name; one without a final dot is relative to <paramref name="origin"/>, and <c>@</c> is that itself. Without an origin every name is fully qualified and <c>@</c> a letter like others.</summary>
    public static bool TryParse(
        ReadOnlySpan<char> text, DnsName? origin, EscapeForm escapes, [NotNullWhen(true)] out DnsName? name, [NotNullWhen(false)] out DataFault? fault)
    {
        (name, fault) = text is "." ? (Root, null) : text is "@" && origin is not null ? (origin, null) : Read(text, origin, escapes);
        return fault is null;
    }

    /// <summary>Reads a name that has its final dot, or is meant as if it had one, in the form that roles tell each other.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out DnsName? name) => TryParse(text, null, EscapeForm.Decimal, out name, out _);

    /// <summary>Takes a name in wire form from the front of some bytes; compression is none of it.</summary>
    public static bool TryReadWire(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        for (var at = 0; at < bytes.Length && at < LongestWire && bytes[at] <= LongestLabel; at += bytes[at] + 1)
        {
            if (bytes[at] == 0)
            {
                name = new DnsName(bytes[..(at + 1)].ToArray());
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this is <paramref name="zone"/> or a name below it.</summary>
    public bool IsWithin(DnsName zone)
    {
        for (var at = 0; ; at += _wire[at] + 1)
        {
            if (_wire.Length - at <= zone._wire.Length)
            {
                return AreSame(_wire.AsSpan(at), zone._wire);
            }
        }
    }

    public DnsName ToLower()
    {
        var lower = new byte[_wire.Length];
        for (var i = 0; i < lower.Length; i++)
        {
            lower[i] = Lower(_wire[i]);
        }

        return new DnsName(lower);
    }

    /// <summary>With its final dot.</summary>
    public string ToText(EscapeForm escapes)
    {
        if (IsRoot)
        {
            return ".";
        }

        var text = new StringBuilder(_wire.Length);
        for (var at = 0; _wire[at] != 0; at += _wire[at] + 1)
        {
            foreach (var value in _wire.AsSpan(at + 1, _wire[at]))
            {
                DnsEscapes.WriteInName(text, value, escapes);
            }

            text.Append('.');
        }

        return text.ToString();
    }

    /// <summary>The form that roles tell each other: as in a master file, with the final dot.</summary>
    public override string ToString() => ToText(EscapeForm.Decimal);

    public bool Equals([NotNullWhen(true)] DnsName? other) => other is not null && AreSame(_wire, other._wire);

    public override bool Equals(object? obj) => Equals(obj as DnsName);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _wire)
        {
            hash.Add(Lower(value));
        }

        return hash.ToHashCode();
    }

    public int CompareTo(DnsName? other)
    {
        if (other is null)
        {
            return 1;
        }

        Span<byte> mine = stackalloc byte[MostLabels + 1];
        Span<byte> others = stackalloc byte[MostLabels + 1];
        var (left, right) = (Offsets(_wire, mine), Offsets(other._wire, others));
        while (left > 0 && right > 0)
        {
            var order = CompareLabels(_wire.AsSpan(mine[--left]), other._wire.AsSpan(others[--right]));
            if (order != 0)
            {
                return order;
            }
        }

        return left - right;
    }

    // Length bytes are below 64 and no letters, so they are compared as everything else is.
    private static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (Lower(left[i]) != Lower(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static int CompareLabels(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (leftLength, rightLength) = (left[0], right[0]);
        for (var i = 1; i <= leftLength && i <= rightLength; i++)
        {
            var order = Lower(left[i]) - Lower(right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return leftLength - rightLength;
    }

    private static int Offsets(ReadOnlySpan<byte> wire, Span<byte> offsets)
    {
        var count = 0;
        for (var at = 0; wire[at] != 0; at += wire[at] + 1)
        {
            offsets[count++] = (byte)at;
        }

        return count;
    }

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;

    private static (DnsName? Name, DataFault? Fault) Read(ReadOnlySpan<char> text, DnsName? origin, EscapeForm escapes)
    {
        var whole = text.ToString();
        Span<byte> wire = stackalloc byte[LongestWire];
        int start = 0, length = 1;
        while (!text.IsEmpty)
        {
            if (text[0] == '.')
            {
                if (length - start == 1)
                {
                    return (null, new DataFault("DomainLabelEmpty", "Domain label is empty", whole));
                }

                wire[start] = (byte)(length - start - 1);
                start = length;
                text = text[1..];
                if (length++ >= LongestWire)
                {
                    return (null, new DataFault("DomainNameTooLong", "Domain name is too long", whole));
                }

                continue;
            }

            var taken = text[0] is ' ' or '\t' ? 0 : DnsEscapes.Read(text, escapes, out wire[Math.Min(length, LongestWire - 1)]);
            if (taken == 0)
            {
                return (null, new DataFault("UnsupportedCharacter", "Value contains unsupported characters", whole));
            }

            if (length - start > LongestLabel)
            {
                return (null, new DataFault("DomainLabelTooLong", "Domain label is too long", whole));
            }

            if (++length > LongestWire - 1)
            {
                return (null, new DataFault("DomainNameTooLong", "Domain name is too long", whole));
            }

            text = text[taken..];
        }

        if (length == 1)
        {
            return (null, new DataFault("DomainLabelEmpty", "Domain label is empty", whole));
        }

        var isRelative = length - start > 1;
        if (isRelative)
        {
            wire[start] = (byte)(length - start - 1);
        }

        var rest = isRelative ? (origin ?? Root)._wire : Root._wire;
        var labels = isRelative ? wire[..length] : wire[..start];
        return labels.Length + rest.Length > LongestWire
            ? (null, new DataFault("DomainNameTooLong", "Domain name is too long", whole))
            : (new DnsName([.. labels, .. rest]), null);
    }
}
