// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Testing;

/// <summary>A point where a scripted peer waits until the test lets it go on. Once released it stays open. Thread-safe.</summary>
public sealed class ScriptedGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the peer first waits here.</summary>
    public Task Reached => _reached.Task;

    public void Release() => _released.TrySetResult();

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(cancellationToken);
    }
}
