// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Buckets.Objects;

/// <summary>
/// A reflected cyclic redundancy check of up to 64 bits whose register starts and ends inverted, eight bytes a step (slicing
/// by eight). A sum may be continued and two may be joined, which is how parts make the sum of a whole object. Immutable.
/// </summary>
internal sealed class ReflectedCrc
{
    /// <summary>CRC-32 of ISO-HDLC, as in Ethernet and zip.</summary>
    public static readonly ReflectedCrc Crc32 = new(0xEDB88320, 32);

    /// <summary>Castagnoli's, RFC 3720, appendix B.4.</summary>
    public static readonly ReflectedCrc Crc32C = new(0x82F63B78, 32);

    /// <summary>CRC-64/NVME, NVM Express base specification, section on end-to-end protection.</summary>
    public static readonly ReflectedCrc Crc64Nvme = new(0x9A6C9329AC4BC9B5, 64);

    private readonly ulong[][] _tables = new ulong[8][];
    private readonly ulong _polynomial;
    private readonly ulong _mask;
    private readonly int _bits;

    private ReflectedCrc(ulong polynomial, int bits)
    {
        _polynomial = polynomial;
        _bits = bits;
        _mask = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
        for (var table = 0; table < 8; table++)
        {
            _tables[table] = new ulong[256];
            for (var value = 0; value < 256; value++)
            {
                var register = table == 0 ? (ulong)value : _tables[table - 1][value];
                _tables[table][value] = table == 0 ? ShiftBits(register, 8) : _tables[0][(byte)register] ^ (register >> 8);
            }
        }
    }

    /// <summary>Continues <paramref name="crc"/>, 0 at the start, over <paramref name="data"/>.</summary>
    public ulong Append(ulong crc, ReadOnlySpan<byte> data)
    {
        var register = crc ^ _mask;
        while (data.Length >= 8)
        {
            var word = register ^ BinaryPrimitives.ReadUInt64LittleEndian(data);
            register = _tables[7][(byte)word] ^ _tables[6][(byte)(word >> 8)] ^ _tables[5][(byte)(word >> 16)] ^ _tables[4][(byte)(word >> 24)]
                ^ _tables[3][(byte)(word >> 32)] ^ _tables[2][(byte)(word >> 40)] ^ _tables[1][(byte)(word >> 48)] ^ _tables[0][(byte)(word >> 56)];
            data = data[8..];
        }

        foreach (var value in data)
        {
            register = _tables[0][(byte)(register ^ value)] ^ (register >> 8);
        }

        return register ^ _mask;
    }

    /// <summary>The sum of two bodies one after the other, from the sum of each and the length of the second in bytes.</summary>
    public ulong Join(ulong first, ulong second, long secondLength)
    {
        // Running zero bits through the register is linear: its matrix is squared once per binary digit of the length.
        var operation = new ulong[_bits];
        operation[0] = _polynomial;
        for (var bit = 1; bit < _bits; bit++)
        {
            operation[bit] = 1UL << (bit - 1);
        }

        for (var digits = (UInt128)(ulong)secondLength * 8; digits != 0; digits >>= 1)
        {
            if ((digits & 1) == 1)
            {
                first = Multiply(operation, first);
            }

            operation = Array.ConvertAll(operation, column => Multiply(operation, column));
        }

        return first ^ second;
    }

    private static ulong Multiply(ulong[] matrix, ulong vector)
    {
        var product = 0UL;
        for (var bit = 0; vector != 0; bit++, vector >>= 1)
        {
            product ^= (vector & 1) == 1 ? matrix[bit] : 0;
        }

        return product;
    }

    private ulong ShiftBits(ulong register, int count)
    {
        for (var i = 0; i < count; i++)
        {
            register = (register >> 1) ^ ((register & 1) == 1 ? _polynomial : 0);
        }

        return register;
    }
}
