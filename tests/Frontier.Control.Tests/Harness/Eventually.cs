// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Tests.Harness;

internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Waits, with a bound, for something that another task brings about.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Longest);
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, "It did not come about in time.");
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
