// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Objects;

/// <summary>The checksums an upload may carry beside its MD5. The numbers are stored: they must only ever grow.</summary>
internal enum ChecksumAlgorithm
{
    Crc32 = 1,
    Crc32C = 2,
    Sha1 = 3,
    Sha256 = 4,
    Crc64Nvme = 5,
}

internal static class ChecksumAlgorithms
{
    public static readonly IReadOnlyList<ChecksumAlgorithm> All =
        [ChecksumAlgorithm.Crc32, ChecksumAlgorithm.Crc32C, ChecksumAlgorithm.Sha1, ChecksumAlgorithm.Sha256, ChecksumAlgorithm.Crc64Nvme];

    extension(ChecksumAlgorithm algorithm)
    {
        /// <summary>As in <c>x-amz-checksum-algorithm</c>, <c>ChecksumAlgorithm</c> and after <c>Checksum</c> in element names.</summary>
        public string Name => algorithm switch
        {
            ChecksumAlgorithm.Crc32 => "CRC32",
            ChecksumAlgorithm.Crc32C => "CRC32C",
            ChecksumAlgorithm.Sha1 => "SHA1",
            ChecksumAlgorithm.Sha256 => "SHA256",
            ChecksumAlgorithm.Crc64Nvme => "CRC64NVME",
        };

        public string Header => "x-amz-checksum-" + algorithm.Name.ToLowerInvariant();

        public bool IsCrc => algorithm is ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme;

        /// <summary>The length of a checksum in bytes.</summary>
        public int Bytes => algorithm switch
        {
            ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C => 4,
            ChecksumAlgorithm.Sha1 => 20,
            ChecksumAlgorithm.Sha256 => 32,
            ChecksumAlgorithm.Crc64Nvme => 8,
        };
    }

    public static bool TryParse(string name, out ChecksumAlgorithm algorithm)
    {
        foreach (var candidate in All)
        {
            if (candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                algorithm = candidate;
                return true;
            }
        }

        algorithm = default;
        return false;
    }
}
