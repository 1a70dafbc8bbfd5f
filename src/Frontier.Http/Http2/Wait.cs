// SPDX-License-Identifier: Apache-2.0

using System.Threading.Tasks.Sources;

namespace Frontier.Http.Http2;

/// <summary>
/// A handler's wait for its connection, used again and again without garbage. Armed and released under the connection's lock;
/// completed outside of it, because what comes next runs right there.
/// </summary>
internal sealed class Wait : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;
    private Exception? _error;

    public bool IsArmed { get; private set; }

    public ValueTask Arm()
    {
        _core.Reset();
        IsArmed = true;
        return new ValueTask(this, _core.Version);
    }

    /// <summary>True when somebody waits, whom the caller must see completed.</summary>
    public bool TryRelease(Exception? error)
    {
        if (!IsArmed)
        {
            return false;
        }

        IsArmed = false;
        _error = error;
        return true;
    }

    public void Complete()
    {
        if (_error is { } error)
        {
            _error = null;
            _core.SetException(error);
        }
        else
        {
            _core.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
