// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage.Tests;

/// <summary>One object for each thread, handed down from those that are gone.</summary>
public sealed class PerThreadTests
{
    [Fact]
    public void Each_thread_has_its_own_and_keeps_it()
    {
        var each = new PerThread<object>(static _ => new object());
        var mine = each.Own;
        Assert.Same(mine, each.Own);
        object? others = null;
        Run(() => others = each.Own);
        Assert.NotSame(mine, others);
        Assert.Equal([mine, others!], each.All);
    }

    [Fact]
    public void There_are_no_more_than_threads_at_the_same_time()
    {
        var made = new List<int>();
        var each = new PerThread<object>(count =>
        {
            made.Add(count);
            return new object();
        });
        for (var i = 0; i < 20; i++)
        {
            Run(() => _ = each.Own);
        }

        Assert.Equal([0], made);
        Assert.Single(each.All);
    }

    [Fact]
    public void Two_of_a_kind_do_not_share()
    {
        var (one, other) = (new PerThread<object>(static _ => new object()), new PerThread<object>(static _ => new object()));
        Assert.NotSame(one.Own, other.Own);
        Assert.Same(one.Own, one.All[0]);
    }

    private static void Run(ThreadStart action)
    {
        var thread = new Thread(action);
        thread.Start();
        thread.Join();
    }
}
