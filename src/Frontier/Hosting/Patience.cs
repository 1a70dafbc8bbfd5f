// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Hosting;

/// <summary>Waits for what may take long, for as long as it gets anywhere.</summary>
internal static class Patience
{
    /// <param name="progress">How far it is; any other number than before is progress.</param>
    /// <param name="onProgress">Told how far it is after each <paramref name="timeout"/> that it got on in.</param>
    /// <param name="timeout">How long it may stand still.</param>
    /// <exception cref="TimeoutException">It stands still.</exception>
    public static async Task WaitAsync(Task done, Func<int> progress, Action<int> onProgress, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = progress();
            try
            {
                await done.WaitAsync(timeout, time, cancellationToken);
                return;
            }
            catch (TimeoutException) when (progress() != before)
            {
                onProgress(progress());
            }
        }
    }
}
