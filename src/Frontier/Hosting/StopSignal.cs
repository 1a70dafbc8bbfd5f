// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Hosting;

/// <summary>Waits for the signal that ends a process in order.</summary>
internal static class StopSignal
{
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stop.SetResult);
        await stop.Task;
    }
}
