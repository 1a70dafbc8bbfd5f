// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Frontier.Http.Transport;

namespace Frontier.Http.Http2;

/// <summary>
/// Sends what the queue has, buffer by buffer. One task for the life of a connection, which costs nothing while it waits:
/// whoever claims it (<see cref="OutputQueue.TryClaim"/>) runs it on its own thread until a send does not complete at once.
/// </summary>
internal sealed class OutputWriter(Connection connection, ServerClock clock, Lock gate, OutputQueue queue, SignalQueue signals) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _wake;
    private long _sendingSince = -1;

    /// <summary>For how many seconds the send under way has been; -1 when there is none.</summary>
    public long SendingSeconds => Volatile.Read(ref _sendingSince) is >= 0 and var since ? clock.Seconds - since : -1;

    /// <summary>Called once for each claim, without the lock. The writer may do all its work before this returns.</summary>
    public void Wake() => _wake.SetResult(true);

    /// <summary>Ends when the queue is over, and our side of the connection with it; or when the viewer is gone.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await new ValueTask(this, _wake.Version);
                _wake.Reset();
                if (!await SendAllAsync())
                {
                    continue;
                }

                await connection.EndAsync();
                return;
            }
        }
        catch (ViewerGoneException)
        {
            connection.Abort(); // so that the reader hears of it, too
        }
        catch
        {
            connection.Abort();
            throw;
        }
        finally
        {
            Volatile.Write(ref _sendingSince, -1);
        }
    }

    void IValueTaskSource.GetResult(short token) => _wake.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wake.OnCompleted(continuation, state, token, flags);

    /// <summary>True when nothing will ever follow.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> SendAllAsync()
    {
        for (var sends = 1; ; sends++)
        {
            byte[] bytes;
            int length;
            bool isOver;
            lock (gate)
            {
                if (!queue.TryTake(out bytes, out length))
                {
                    isOver = queue.IsOver;
                    bytes = [];
                }
                else
                {
                    isOver = false;
                }
            }

            if (bytes.Length == 0)
            {
                signals.Settle();
                return isOver;
            }

            try
            {
                Volatile.Write(ref _sendingSince, clock.Seconds);
                var sending = connection.SendAsync(bytes.AsMemory(0, length));
                signals.Settle(); // who waits for room can have it while the bytes are on their way
                await sending;
                Volatile.Write(ref _sendingSince, -1);
            }
            finally
            {
                OutputBuffer.Return(bytes);
            }

            if (sends % Http2Limits.SendsInARow == 0)
            {
                await Task.Yield();
            }
        }
    }
}
