// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace Frontier.Caching.Disk;

/// <summary>
/// Reads files on threads of its own. The platform has no reads of files on Linux that do not hold a thread, and its pool keeps
/// about one thread for each core: on it, reads would go to the disk one after the other, and everything else would wait
/// behind them. Whoever reads goes on where the read ended, without another change of threads.
/// </summary>
/// <remarks>As many wait as there are readers: a viewer has one read under way at most.</remarks>
internal static class DiskReads
{
    /// <summary>How many reads a disk has before it at once: enough for one that works on several, few enough not to matter as threads.</summary>
    private const int MaxThreads = 16;

    /// <summary>Continuations run here too, of code that leaves the stack as soon as it waits.</summary>
    private const int StackBytes = 512 * 1024;

    private static readonly BlockingCollection<Read> Waiting = [];
    private static int _idle;
    private static int _threads;

    /// <param name="blocking">Waits for the disk and comes to the bytes read. What it throws, the caller's await throws.</param>
    public static ValueTask<long> RunAsync(Func<long> blocking)
    {
        var read = new Read(blocking);
        Waiting.Add(read);
        if (Waiting.Count > Volatile.Read(ref _idle))
        {
            StartThread();
        }

        return new ValueTask<long>(read, 0);
    }

    private static void StartThread()
    {
        if (Interlocked.Increment(ref _threads) > MaxThreads)
        {
            Interlocked.Decrement(ref _threads);
            return;
        }

        new Thread(Run, StackBytes) { IsBackground = true, Name = "disk reads" }.Start();
    }

    private static void Run()
    {
        while (true)
        {
            Interlocked.Increment(ref _idle);
            var read = Waiting.Take();
            Interlocked.Decrement(ref _idle);
            read.Run();
        }
    }

    /// <summary>One read, awaited once.</summary>
    private sealed class Read(Func<long> blocking) : IValueTaskSource<long>
    {
        private ManualResetValueTaskSourceCore<long> _source;

        public void Run()
        {
            long count;
            try
            {
                count = blocking();
            }
            catch (Exception error)
            {
                // Whatever it was is the reader's to judge, as where it had waited itself.
                _source.SetException(error);
                return;
            }

            _source.SetResult(count);
        }

        long IValueTaskSource<long>.GetResult(short token) => _source.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<long>.GetStatus(short token) => _source.GetStatus(token);

        void IValueTaskSource<long>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _source.OnCompleted(continuation, state, token, flags);
    }
}
