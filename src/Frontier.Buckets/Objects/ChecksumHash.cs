// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Frontier.Buckets.Objects;

/// <summary>Computes one checksum over a body as it passes. Not thread-safe.</summary>
internal sealed class ChecksumHash(ChecksumAlgorithm algorithm) : IDisposable
{
    private readonly ReflectedCrc? _crc = Crc(algorithm);
    private readonly IncrementalHash? _hash = algorithm switch
    {
        ChecksumAlgorithm.Sha1 => IncrementalHash.CreateHash(HashAlgorithmName.SHA1),
        ChecksumAlgorithm.Sha256 => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
        ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme => null,
    };

    private ulong _sum;

    public ChecksumAlgorithm Algorithm => algorithm;

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_crc is not null)
        {
            _sum = _crc.Append(_sum, data);
        }

        _hash?.AppendData(data);
    }

    /// <summary>The checksum in the form of the headers: base64 of its big-endian bytes.</summary>
    public string Finish() => _crc is null ? Convert.ToBase64String(_hash!.GetHashAndReset()) : Text(_sum, algorithm.Bytes);

    /// <summary>The checksum of checksums that a multipart object carries: <c>&lt;sum of the parts' sums&gt;-&lt;count&gt;</c>.</summary>
    public static string Composite(ChecksumAlgorithm algorithm, IReadOnlyList<string> parts)
    {
        using var hash = new ChecksumHash(algorithm);
        foreach (var part in parts)
        {
            hash.Append(Convert.FromBase64String(part));
        }

        return $"{hash.Finish()}-{parts.Count}";
    }

    /// <summary>The checksum of the whole from those of its parts; only a CRC allows it.</summary>
    public static string Joined(ChecksumAlgorithm algorithm, IReadOnlyList<(string Checksum, long Length)> parts)
    {
        var crc = Crc(algorithm) ?? throw new ArgumentException("Only CRCs can be joined.", nameof(algorithm));
        var sum = 0UL;
        Span<byte> bytes = stackalloc byte[8];
        foreach (var (checksum, length) in parts)
        {
            bytes.Clear();
            Convert.TryFromBase64String(checksum, bytes[(8 - algorithm.Bytes)..], out _);
            sum = crc.Join(sum, BinaryPrimitives.ReadUInt64BigEndian(bytes), length);
        }

        return Text(sum, algorithm.Bytes);
    }

    /// <summary>Whether a text can be a checksum of this algorithm at all.</summary>
    public static bool IsWellFormed(ChecksumAlgorithm algorithm, string text)
    {
        Span<byte> bytes = stackalloc byte[48];
        return text.Length <= 64 && Convert.TryFromBase64String(text, bytes, out var length) && length == algorithm.Bytes;
    }

    public void Dispose() => _hash?.Dispose();

    private static string Text(ulong sum, int bytes)
    {
        Span<byte> big = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(big, sum);
        return Convert.ToBase64String(big[(8 - bytes)..]);
    }

    private static ReflectedCrc? Crc(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => ReflectedCrc.Crc32,
        ChecksumAlgorithm.Crc32C => ReflectedCrc.Crc32C,
        ChecksumAlgorithm.Crc64Nvme => ReflectedCrc.Crc64Nvme,
        ChecksumAlgorithm.Sha1 or ChecksumAlgorithm.Sha256 => null,
    };
}
