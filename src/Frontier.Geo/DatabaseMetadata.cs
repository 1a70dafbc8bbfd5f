// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Geo;

/// <summary>What a database says of itself, behind its last marker.</summary>
public sealed record DatabaseMetadata
{
    /// <summary>The metadata lies within as many bytes from the end.</summary>
    private const int Furthest = 128 * 1024;

    /// <summary>Such as <c>GeoLite2-Country</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset BuiltAt { get; init; }

    /// <summary>4 or 6. A database for 6 holds IPv4 addresses, too.</summary>
    public required int IpVersion { get; init; }

    public required uint NodeCount { get; init; }

    /// <summary>24, 28 or 32 for each of a node's two children.</summary>
    public required int RecordBits { get; init; }

    /// <summary>Where the marker begins, and the records end.</summary>
    internal long Start { get; init; }

    internal static DatabaseMetadata Read(MappedFile file)
    {
        ReadOnlySpan<byte> marker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];
        var tail = new byte[Math.Min(file.Length, Furthest)];
        file.Read(file.Length - tail.Length, tail);
        var at = tail.AsSpan().LastIndexOf(marker);
        if (at < 0)
        {
            throw new InvalidDataException("This is no MaxMind DB file: it lacks the mark that such a file ends with.");
        }

        var start = file.Length - tail.Length + at;
        var map = new ValueSection(file, start + marker.Length, file.Length).At(0);
        var version = Number(map, "binary_format_major_version"u8);
        if (version != 2)
        {
            throw new InvalidDataException($"This is a MaxMind DB file of version {version}; version 2 is understood.");
        }

        var metadata = new DatabaseMetadata
        {
            Type = map.TryGet("database_type"u8, out var type) && type.AsText() is { } text ? text : throw Missing("database_type"u8),
            BuiltAt = DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(Number(map, "build_epoch"u8), 253_402_300_799)), // the last second that can be told
            IpVersion = (int)Math.Min(Number(map, "ip_version"u8), int.MaxValue),
            NodeCount = (uint)Math.Min(Number(map, "node_count"u8), uint.MaxValue),
            RecordBits = (int)Math.Min(Number(map, "record_size"u8), int.MaxValue),
            Start = start,
        };
        return metadata switch
        {
            { IpVersion: not (4 or 6) } => throw new InvalidDataException($"Addresses of version {metadata.IpVersion} are not known."),
            { RecordBits: not (24 or 28 or 32) } => throw new InvalidDataException($"Records of {metadata.RecordBits} bits are not known."),
            _ => metadata,
        };
    }

    private static ulong Number(DatabaseValue map, ReadOnlySpan<byte> name) => map.TryGet(name, out var value) && value.AsNumber() is { } number ? number : throw Missing(name);

    private static InvalidDataException Missing(ReadOnlySpan<byte> name) => new($"The file's metadata lacks {System.Text.Encoding.ASCII.GetString(name)}.");
}
