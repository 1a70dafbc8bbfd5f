// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Purging;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Caching.Tests.Purging;

public class SequenceTableTests
{
    /// <summary>Steps: a positive number is put under one of a few keys, a negative one forgets up to it.</summary>
    [Fact]
    public void It_agrees_with_a_dictionary() => Prop.ForAll<(byte Key, short Step)[]>(steps =>
    {
        var table = new SequenceTable();
        Dictionary<ulong, long> model = [];
        foreach (var (key, step) in steps)
        {
            if (step > 0)
            {
                table.Put(key, step);
                model[key] = Math.Max(step, model.GetValueOrDefault(key));
            }
            else
            {
                table.Forget(-(long)step);
                model = model.Where(pair => pair.Value > -(long)step).ToDictionary();
            }
        }

        return table.Count == model.Count
            && table.Entries.ToDictionary(entry => entry.Key, entry => entry.Sequence).OrderBy(pair => pair.Key).SequenceEqual(model.OrderBy(pair => pair.Key))
            && Enumerable.Range(0, 256).All(key => table[(ulong)key] == model.GetValueOrDefault((ulong)key));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task What_is_there_is_seen_by_readers_while_others_come_and_go()
    {
        var table = new SequenceTable();
        table.Put(7, long.MaxValue);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(long.MaxValue, table[7]);
            }
        });
        for (var i = 1; i <= 300_000; i++)
        {
            table.Put((ulong)i * 31, i);
            if (i % 10_000 == 0)
            {
                table.Forget(i);
            }
        }

        await stop.CancelAsync();
        await reading;
    }

    [Fact]
    public void It_gives_back_the_memory_of_what_it_forgets()
    {
        var table = new SequenceTable();
        for (var i = 1; i <= 10_000; i++)
        {
            table.Put((ulong)i, i);
        }

        var full = table.Bytes;
        table.Forget(9_999);
        Assert.Equal(1, table.Count);
        Assert.True(table.Bytes < full / 100);
        table.Forget(10_000);
        Assert.Equal(0, table.Count);
    }
}
