// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>Computes what is to be known of bytes on their way to a file: length, MD5 and, where wanted, a checksum. Not thread-safe.</summary>
internal sealed class BodyHash(ChecksumAlgorithm? algorithm) : IDisposable
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly ChecksumHash? _checksum = algorithm is { } known ? new ChecksumHash(known) : null;
    private long _length;

    public void Append(ReadOnlySpan<byte> data)
    {
        _md5.AppendData(data);
        _checksum?.Append(data);
        _length += data.Length;
    }

    public BodyDigest Finish() => new(_length, _md5.GetHashAndReset(), _checksum is null ? null : new ObjectChecksum(_checksum.Algorithm, _checksum.Finish(), false));

    public void Dispose()
    {
        _md5.Dispose();
        _checksum?.Dispose();
    }
}
