// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Kills;
using Frontier.Testing;

namespace Frontier.Caching.Tests.Disk;

/// <summary>A process killed at work (SIGKILL); the thousands of times are in <c>bench/crash</c>.</summary>
[Collection(nameof(Alone))]
public class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_killed_cache_starts_again_with_right_bytes_and_every_acknowledged_purge()
    {
        using var directory = new TemporaryDirectory();
        var result = await KillCycles.RunAsync(directory.Path, cycles: 25, seed: 7);
        output.WriteLine(result.ToString());

        // Otherwise nothing was checked.
        Assert.InRange(result.Opened, 5, 25);
        Assert.True(result.Found > 0);
    }
}
