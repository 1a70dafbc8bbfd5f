// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Geo;

/// <summary>
/// A database in the MaxMind DB format, version 2: a binary tree of address bits whose leaves point to records. Immutable and
/// thread-safe; look-ups allocate nothing.
/// </summary>
/// <remarks>https://maxmind.github.io/MaxMind-DB/</remarks>
public sealed class MaxMindDatabase
{
    /// <summary>Zero bytes between the tree and the records.</summary>
    private const int Separator = 16;

    private readonly MappedFile _file;
    private readonly ValueSection _records;
    private readonly uint _nodes;
    private readonly int _recordBits;
    private readonly uint _ipv4Root;

    private MaxMindDatabase(MappedFile file, ValueSection records, DatabaseMetadata metadata)
    {
        (_file, _records, Metadata) = (file, records, metadata);
        (_nodes, _recordBits) = (metadata.NodeCount, metadata.RecordBits);
        for (var depth = 0; metadata.IpVersion == 6 && depth < 96 && _ipv4Root < _nodes; depth++)
        {
            _ipv4Root = Child(_ipv4Root, 0); // IPv4 addresses lie under ::/96
        }
    }

    public DatabaseMetadata Metadata { get; }

    /// <param name="scratch">A directory for the copy that is read from; it is gone from there when this returns.</param>
    /// <exception cref="InvalidDataException">The file is none in this format, or is damaged; the message says how.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<MaxMindDatabase> OpenAsync(string path, string scratch, CancellationToken cancellationToken)
    {
        var file = await MappedFile.CopyAsync(path, scratch, cancellationToken);
        var metadata = DatabaseMetadata.Read(file);
        var tree = (long)metadata.NodeCount * metadata.RecordBits / 4;
        var records = new ValueSection(file, tree + Separator, metadata.Start);
        if (records.Start > records.End)
        {
            throw new InvalidDataException("The file is shorter than the tree that it announces.");
        }

        return new MaxMindDatabase(file, records, metadata);
    }

    /// <summary>The record of the smallest network that holds the address. An IPv4 address in IPv6's form is looked up as the IPv4 address that it is.</summary>
    /// <exception cref="InvalidDataException">The file is damaged where this address leads.</exception>
    public bool TryFind(IPAddress address, out DatabaseValue record)
    {
        record = default;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        bytes = bytes[..length];
        if (address.IsIPv4MappedToIPv6)
        {
            bytes = bytes[12..];
        }

        if (bytes.Length == 16 && Metadata.IpVersion == 4)
        {
            return false;
        }

        var node = bytes.Length == 4 ? _ipv4Root : 0;
        for (var bit = 0; node < _nodes; bit++)
        {
            if (bit == bytes.Length * 8)
            {
                throw new InvalidDataException("The tree is deeper than an address is long.");
            }

            node = Child(node, (bytes[bit >> 3] >> (7 - (bit & 7))) & 1);
        }

        if (node == _nodes)
        {
            return false;
        }

        record = _records.At(node - _nodes - Separator);
        return true;
    }

    /// <param name="side">0 for the left child, 1 for the right one.</param>
    private uint Child(uint node, int side)
    {
        Span<byte> pair = stackalloc byte[8];
        pair = pair[..(_recordBits / 4)];
        _file.Read((long)node * pair.Length, pair);
        return (_recordBits, side) switch
        {
            (24, 0) => Number(pair[..3]),
            (24, _) => Number(pair[3..]),
            (28, 0) => ((uint)pair[3] >> 4 << 24) | Number(pair[..3]), // the byte in the middle holds the highest bits of both
            (28, _) => ((uint)pair[3] & 0x0F) << 24 | Number(pair[4..]),
            (_, 0) => Number(pair[..4]),
            _ => Number(pair[4..]),
        };
    }

    private static uint Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0u;
        foreach (var value in bytes)
        {
            number = number << 8 | value;
        }

        return number;
    }
}
