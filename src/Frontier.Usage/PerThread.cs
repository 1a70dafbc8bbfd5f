// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage;

/// <summary>
/// One <typeparamref name="T"/> for each thread that asks for it, so that many can write at once and share nothing. What a
/// thread leaves behind the next new one takes over: there are never more than threads at the same time. Any thread may read
/// <see cref="All"/>; a lock is taken at a thread's first call only.
/// </summary>
/// <param name="make">Makes the next one; told how many there are. Called under the lock.</param>
#pragma warning disable CA1001 // The slots are not disposed of: a late caller would get an exception. Their finaliser gives them back.
internal sealed class PerThread<T>(Func<int, T> make)
#pragma warning restore CA1001
    where T : class
{
    private readonly ThreadLocal<T?> _own = new();
    private readonly Lock _gate = new();
    private readonly List<Thread> _owners = [];
    private volatile T[] _all = []; // replaced, never changed

    /// <summary>The calling thread's own.</summary>
    public T Own => _own.Value ?? Register();

    /// <summary>Those of all threads, also of ones that are gone.</summary>
    public T[] All => _all;

    private T Register()
    {
        lock (_gate)
        {
            var index = _owners.FindIndex(static owner => !owner.IsAlive);
            if (index < 0)
            {
                index = _owners.Count;
                _owners.Add(Thread.CurrentThread);
                _all = [.. _all, make(index)];
            }

            _owners[index] = Thread.CurrentThread;
            var own = _all[index];
            _own.Value = own;
            return own;
        }
    }
}
