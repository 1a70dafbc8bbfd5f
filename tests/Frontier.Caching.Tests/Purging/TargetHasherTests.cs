// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Purging;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Caching.Tests.Purging;

public class TargetHasherTests
{
    private const ulong Modulus = (1UL << 61) - 1;

    [Fact]
    public void Each_step_is_exact_modulo_the_prime() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<byte>(), (secret, hash, value) =>
        {
            var hasher = new TargetHasher(secret * 0x9E3779B97F4A7C15);
            var start = hash * 0xD1B54A32D192ED03 % Modulus;

            // The point is what a text of one zero byte shows: 1 * point + 1.
            var point = hasher.Next(1, 0) - 1;
            return hasher.Next(start, value) == (ulong)((((UInt128)start * point) + value + 1) % Modulus);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_hash_of_a_prefix_is_met_on_the_way()
    {
        var hasher = new TargetHasher(12345);
        var target = "/dir/sub/file.html"u8;
        var hash = 1UL;
        for (var i = 0; i < target.Length; i++)
        {
            hash = hasher.Next(hash, target[i]);
            Assert.Equal(hasher.Hash(target[..(i + 1)]), hash);
        }
    }
}
