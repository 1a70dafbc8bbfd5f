// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Objects;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Buckets.Tests.Objects;

public sealed class ChecksumTests
{
    /// <summary>The check values of the catalogue of parametrised CRC algorithms, over the digits 1 to 9.</summary>
    [Fact]
    public void The_check_values_are_the_published_ones()
    {
        Assert.Equal(0xCBF43926UL, ReflectedCrc.Crc32.Append(0, "123456789"u8));
        Assert.Equal(0xE3069283UL, ReflectedCrc.Crc32C.Append(0, "123456789"u8));
        Assert.Equal(0xAE8B14860A799888UL, ReflectedCrc.Crc64Nvme.Append(0, "123456789"u8));
    }

    [Fact]
    public void Two_sums_join_to_that_of_both_bodies() =>
        Prop.ForAll<byte[], byte[]>(static (one, two) => new[] { ReflectedCrc.Crc32, ReflectedCrc.Crc32C, ReflectedCrc.Crc64Nvme }.All(crc =>
        {
            var whole = crc.Append(0, [.. one, .. two]);
            return crc.Append(crc.Append(0, one), two) == whole && crc.Join(crc.Append(0, one), crc.Append(0, two), two.Length) == whole;
        })).QuickCheckThrowOnFailure();
}
