// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Testing;

/// <summary>Waits, within bounds, for something that another task brings about and nothing signals. The one place in the tests that polls.</summary>
public static class Eventually
{
    /// <summary>As long as something that works may take on a machine that does other things as well; only failing tests wait so long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static Task IsTrueAsync(Func<bool> condition) => IsTrueAsync(() => Task.FromResult(condition()));

    /// <exception cref="TimeoutException">It did not come about within a minute.</exception>
    public static async Task IsTrueAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Longest);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException("What was waited for did not come about in time.");
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
