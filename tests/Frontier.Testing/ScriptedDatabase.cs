// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Frontier.Testing;

/// <summary>Writes files in the MaxMind DB format: networks and what is said of each. Values are texts, numbers, truth values, byte arrays, dictionaries and lists of those.</summary>
public sealed class ScriptedDatabase(int recordBits = 24, int ipVersion = 6)
{
    private const int Nothing = -1;

    private readonly List<int[]> _nodes = [[Nothing, Nothing]];
    private readonly List<object> _records = [];

    /// <summary>Bytes of unused room before the first record, so that pointers to it are long.</summary>
    public int Room { get; init; }

    /// <summary>Whether a text that was written before is pointed to.</summary>
    public bool UsesPointers { get; init; } = true;

    /// <summary>Pointers of the length that else only files beyond 128 MiB have.</summary>
    public bool UsesLongestPointers { get; init; }

    /// <summary>Smaller networks last.</summary>
    public ScriptedDatabase With(string network, object record)
    {
        var parsed = IPNetwork.Parse(network);
        var bytes = parsed.BaseAddress.GetAddressBytes();
        var length = parsed.PrefixLength;
        if (bytes.Length == 4 && ipVersion == 6)
        {
            bytes = [.. new byte[12], .. bytes];
            length += 96;
        }

        _records.Add(record);
        var leaf = -1 - _records.Count; // -2, -3, …
        var node = 0;
        for (var bit = 0; bit < length - 1; bit++)
        {
            node = Descend(node, Bit(bytes, bit));
        }

        _nodes[node][Bit(bytes, length - 1)] = leaf;
        return this;
    }

    public byte[] ToBytes()
    {
        var data = new List<byte>(new byte[Room]);
        var offsets = new List<int>();
        var texts = new Dictionary<string, int>();
        foreach (var record in _records)
        {
            offsets.Add(data.Count);
            Write(data, record, texts);
        }

        var file = new List<byte>();
        foreach (var node in _nodes)
        {
            WriteNode(file, [.. node.Select(child => Pointer(child, offsets))]);
        }

        file.AddRange(new byte[16]);
        file.AddRange(data);
        file.AddRange([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Write(
            file,
            new Dictionary<string, object>
            {
                ["binary_format_major_version"] = (ushort)2,
                ["binary_format_minor_version"] = (ushort)0,
                ["build_epoch"] = 1_780_000_000ul,
                ["database_type"] = "Scripted",
                ["description"] = new Dictionary<string, object> { ["en"] = "For tests" },
                ["ip_version"] = (ushort)ipVersion,
                ["languages"] = new List<object> { "en" },
                ["node_count"] = (uint)_nodes.Count,
                ["record_size"] = (ushort)recordBits,
            },
            texts: null);
        return [.. file];
    }

    private static int Bit(byte[] bytes, int index) => (bytes[index >> 3] >> (7 - (index & 7))) & 1;

    private int Descend(int node, int side)
    {
        var child = _nodes[node][side];
        if (child >= 0)
        {
            return child;
        }

        _nodes.Add([child, child]); // what was said of the whole is said of both halves
        return _nodes[node][side] = _nodes.Count - 1;
    }

    private uint Pointer(int child, List<int> offsets) => child switch
    {
        >= 0 => (uint)child,
        Nothing => (uint)_nodes.Count,
        _ => (uint)(_nodes.Count + 16 + offsets[-2 - child]),
    };

    private void WriteNode(List<byte> file, uint[] pair)
    {
        var (left, right) = (Big(pair[0]), Big(pair[1]));
        switch (recordBits)
        {
            case 24:
                file.AddRange([.. left[1..], .. right[1..]]);
                break;
            case 28:
                file.AddRange([.. left[1..], (byte)(left[0] << 4 | right[0]), .. right[1..]]);
                break;
            default:
                file.AddRange([.. left, .. right]);
                break;
        }
    }

    private static byte[] Big(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private void Write(List<byte> into, object value, Dictionary<string, int>? texts)
    {
        switch (value)
        {
            case string text when UsesPointers && texts?.TryGetValue(text, out var known) == true:
                WritePointer(into, known);
                break;
            case string text:
                texts?.TryAdd(text, into.Count);
                var bytes = Encoding.UTF8.GetBytes(text);
                WriteHeader(into, 2, bytes.Length);
                into.AddRange(bytes);
                break;
            case double number:
                WriteHeader(into, 3, 8);
                var eight = new byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(eight, number);
                into.AddRange(eight);
                break;
            case float number:
                WriteHeader(into, 15, 4);
                var four = new byte[4];
                BinaryPrimitives.WriteSingleBigEndian(four, number);
                into.AddRange(four);
                break;
            case byte[] raw:
                WriteHeader(into, 4, raw.Length);
                into.AddRange(raw);
                break;
            case ushort number:
                WriteNumber(into, 5, number);
                break;
            case uint number:
                WriteNumber(into, 6, number);
                break;
            case ulong number:
                WriteNumber(into, 9, number);
                break;
            case bool truth:
                WriteHeader(into, 14, truth ? 1 : 0);
                break;
            case Dictionary<string, object> map:
                WriteHeader(into, 7, map.Count);
                foreach (var (name, member) in map)
                {
                    Write(into, name, texts);
                    Write(into, member, texts);
                }

                break;
            case List<object> array:
                WriteHeader(into, 11, array.Count);
                array.ForEach(element => Write(into, element, texts));
                break;
            default:
                throw new ArgumentException($"There is no form for {value.GetType()}.");
        }
    }

    private static void WriteNumber(List<byte> into, int kind, ulong number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        var trimmed = bytes.SkipWhile(static value => value == 0).ToArray();
        WriteHeader(into, kind, trimmed.Length);
        into.AddRange(trimmed);
    }

    private static void WriteHeader(List<byte> into, int kind, int size)
    {
        byte[] more = size switch
        {
            < 29 => [],
            < 285 => [(byte)(size - 29)],
            < 65821 => [(byte)((size - 285) >> 8), (byte)(size - 285)],
            _ => [(byte)((size - 65821) >> 16), (byte)((size - 65821) >> 8), (byte)(size - 65821)],
        };
        var low = more.Length == 0 ? size : 28 + more.Length;
        into.Add((byte)((kind <= 7 ? kind << 5 : 0) | low));
        if (kind > 7)
        {
            into.Add((byte)(kind - 7));
        }

        into.AddRange(more);
    }

    private void WritePointer(List<byte> into, int target)
    {
        var (length, rest) = target switch { _ when UsesLongestPointers => (4, target), < 2048 => (1, target), < 526336 => (2, target - 2048), _ => (3, target - 526336) };
        var big = Big((uint)rest);
        into.Add((byte)(0x20 | (length - 1) << 3 | (length == 4 ? 0 : big[3 - length])));
        into.AddRange(big[(4 - length)..]);
    }
}
