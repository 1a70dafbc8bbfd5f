// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>The network that a resolver asks for (RFC 7871 §6). A query without one has a family of 0.</summary>
/// <param name="Family">1 for IPv4, 2 for IPv6.</param>
/// <param name="SourceLength">How many bits of the address the resolver tells.</param>
/// <param name="Address">In network order, padded with zeros to sixteen bytes; of IPv4 the first four count.</param>
internal readonly record struct ClientSubnet(ushort Family, byte SourceLength, UInt128 Address)
{
    public const ushort FamilyIPv4 = 1;
    public const ushort FamilyIPv6 = 2;

    /// <summary>Family, two lengths.</summary>
    private const int FixedLength = 4;

    public bool IsPresent { get; private init; }

    /// <summary>How many bytes the option takes with its code and length.</summary>
    public int OptionLength => IsPresent ? Edns.OptionHeaderLength + FixedLength + AddressLength : 0;

    private int AddressLength => (SourceLength + 7) / 8;

    /// <summary>False for what RFC 7871 §7.1.2 wants answered with FORMERR: an unknown family, a scope, bits behind the prefix, a wrong length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> option, out ClientSubnet subnet)
    {
        subnet = default;
        if (option.Length < FixedLength || option[3] != 0)
        {
            return false;
        }

        var family = (ushort)((option[0] << 8) | option[1]);
        var source = option[2];
        var address = option[FixedLength..];
        var longest = family switch { FamilyIPv4 => 32, FamilyIPv6 => 128, _ => 0 };
        if (source > longest || address.Length != (source + 7) / 8)
        {
            return false;
        }

        var bits = UInt128.Zero;
        for (var at = 0; at < address.Length; at++)
        {
            bits |= (UInt128)address[at] << (120 - (8 * at));
        }

        if (source < 128 && (bits << source) != 0)
        {
            return false;
        }

        subnet = new ClientSubnet(family, source, bits) { IsPresent = true };
        return true;
    }

    /// <summary>The same option in an answer (RFC 7871 §7.2.1): everything back, with the scope that the answer holds for.</summary>
    /// <param name="destination">Of <see cref="OptionLength"/> bytes.</param>
    public void Write(Span<byte> destination, int scope)
    {
        var length = FixedLength + AddressLength;
        destination[0] = 0;
        destination[1] = (byte)EdnsOption.ClientSubnet;
        destination[2] = 0;
        destination[3] = (byte)length;
        destination[4] = (byte)(Family >> 8);
        destination[5] = (byte)Family;
        destination[6] = SourceLength;
        destination[7] = (byte)scope;
        for (var at = 0; at < AddressLength; at++)
        {
            destination[8 + at] = (byte)(Address >> (120 - (8 * at)));
        }
    }
}
