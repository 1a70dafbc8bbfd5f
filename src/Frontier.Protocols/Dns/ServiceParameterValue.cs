// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace Frontier.Protocols.Dns;

/// <summary>The values of service parameters by their keys (RFC 9460, section 7): between the bytes of their text and those of the wire.</summary>
internal static class ServiceParameterValue
{
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;

    /// <summary>The wire form; null when the key takes no such value.</summary>
    /// <param name="text">Its escapes resolved; null for a key without a value.</param>
    public static byte[]? Read(ushort key, byte[]? text)
    {
        var ascii = text is null ? "" : Encoding.Latin1.GetString(text);
        return key switch
        {
            2 => text is null ? [] : null,
            _ when text is not { Length: > 0 and <= ushort.MaxValue } => key > 7 ? [] : null,
            0 => ReadKeys(ascii),
            1 => ReadAlpn(text),
            3 => ushort.TryParse(ascii, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? [(byte)(port >> 8), (byte)port] : null,
            4 => ReadAddresses(ascii, AddressFamily.InterNetwork),
            5 => ReadBase64(ascii),
            6 => ReadAddresses(ascii, AddressFamily.InterNetworkV6),
            7 => Utf8.IsValid(text) && text[0] == '/' ? text : null,
            _ => text,
        };
    }

    /// <summary>The bytes of the text; null when these are no value of the key. Empty for a key without a value.</summary>
    public static byte[]? Write(ushort key, ReadOnlySpan<byte> wire) => key switch
    {
        2 => wire.IsEmpty ? [] : null,
        > 7 => wire.ToArray(),
        _ when wire.IsEmpty => null,
        0 => WriteKeys(wire),
        1 => WriteAlpn(wire),
        3 => wire.Length == sizeof(ushort) ? Encoding.ASCII.GetBytes(BinaryPrimitives.ReadUInt16BigEndian(wire).ToString(CultureInfo.InvariantCulture)) : null,
        4 => WriteAddresses(wire, IPv4Bytes),
        5 => Encoding.ASCII.GetBytes(Convert.ToBase64String(wire)),
        6 => WriteAddresses(wire, IPv6Bytes),
        7 => Utf8.IsValid(wire) && wire[0] == '/' ? wire.ToArray() : null,
    };

    private static byte[]? ReadKeys(string text)
    {
        var keys = text.Split(',').Select(ServiceParameters.KeyOf).ToList();
        if (keys.Any(static key => key is null or 0) || keys.Distinct().Count() != keys.Count)
        {
            return null;
        }

        return [.. keys.Order().SelectMany(static key => new[] { (byte)(key!.Value >> 8), (byte)key.Value })];
    }

    private static byte[]? WriteKeys(ReadOnlySpan<byte> wire)
    {
        List<string> names = [];
        var before = 0;
        for (; wire.Length >= sizeof(ushort); wire = wire[sizeof(ushort)..])
        {
            var key = BinaryPrimitives.ReadUInt16BigEndian(wire);
            if (key <= before)
            {
                return null;
            }

            names.Add(ServiceParameters.NameOf(key));
            before = key;
        }

        return wire.IsEmpty ? Encoding.ASCII.GetBytes(string.Join(',', names)) : null;
    }

    /// <summary>A comma inside a name has a backslash before it, as has a backslash (RFC 9460, appendix A.1).</summary>
    private static byte[]? ReadAlpn(byte[] text)
    {
        List<byte> wire = [0];
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != ',')
            {
                if (text[i] == '\\' && ++i == text.Length)
                {
                    return null;
                }

                wire.Add(text[i]);
                continue;
            }

            var length = wire.Count - start - 1;
            if (length is 0 or > byte.MaxValue)
            {
                return null;
            }

            wire[start] = (byte)length;
            start = wire.Count;
            if (i < text.Length)
            {
                wire.Add(0);
            }
        }

        return wire.Count <= ushort.MaxValue ? [.. wire] : null;
    }

    private static byte[]? WriteAlpn(ReadOnlySpan<byte> wire)
    {
        List<byte> text = [];
        while (!wire.IsEmpty)
        {
            if (wire[0] == 0 || wire.Length <= wire[0])
            {
                return null;
            }

            foreach (var value in wire.Slice(1, wire[0]))
            {
                if (value is (byte)',' or (byte)'\\')
                {
                    text.Add((byte)'\\');
                }

                text.Add(value);
            }

            wire = wire[(wire[0] + 1)..];
            if (!wire.IsEmpty)
            {
                text.Add((byte)',');
            }
        }

        return [.. text];
    }

    private static byte[]? ReadAddresses(string text, AddressFamily family)
    {
        List<byte> wire = [];
        foreach (var part in text.Split(','))
        {
            if (!DnsAddress.TryParse(part, family, out var address))
            {
                return null;
            }

            wire.AddRange(address.GetAddressBytes());
        }

        return wire.Count <= ushort.MaxValue ? [.. wire] : null;
    }

    private static byte[]? WriteAddresses(ReadOnlySpan<byte> wire, int bytes)
    {
        if (wire.Length % bytes != 0)
        {
            return null;
        }

        List<string> addresses = [];
        for (; !wire.IsEmpty; wire = wire[bytes..])
        {
            addresses.Add(new IPAddress(wire[..bytes]).ToString());
        }

        return Encoding.ASCII.GetBytes(string.Join(',', addresses));
    }

    private static byte[]? ReadBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) && written > 0 ? bytes[..written] : null;
    }
}
