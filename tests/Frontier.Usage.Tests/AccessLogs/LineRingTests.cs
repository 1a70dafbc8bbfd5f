// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;
using Frontier.Usage.AccessLogs;

namespace Frontier.Usage.Tests.AccessLogs;

/// <summary>The bytes between a thread that records and the task that writes.</summary>
public sealed class LineRingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Lines_of_every_length_come_out_whole_and_in_order_round_after_round()
    {
        using var files = Files();
        var ring = new LineRing(4_096);
        var random = new Random(1);
        var expected = new List<string>();
        for (var i = 0; i < 5_000; i++)
        {
            var path = $"/{i}/{new string('x', random.Next(1_200))}";
            while (!ring.TryAppend(Records.Of("E1", path)))
            {
                Assert.False(ring.IsEmpty);
                Assert.Equal(0, ring.DrainTo(files));
                Assert.True(ring.IsEmpty);
            }

            expected.Add(path);
            if (random.Next(3) == 0)
            {
                ring.DrainTo(files);
            }
        }

        ring.DrainTo(files);
        files.Flush();
        Assert.Equal(expected, Paths());
    }

    [Fact]
    public void The_longest_line_fits_an_empty_ring_of_the_usual_size_wherever_it_begins()
    {
        using var files = Files();
        var ring = new LineRing(new AccessLogOptions { Directory = "" }.ThreadBufferBytes);
        for (var i = 0; i < 50; i++)
        {
            var longest = Records.Of("E1", "/" + new string('"', 8_190));
            longest.Request.Headers.Add("User-Agent", new string('"', 24_500));
            Assert.True(ring.TryAppend(longest));
            ring.DrainTo(files);
            Assert.True(ring.TryAppend(Records.Of("E1", "/" + new string('x', 131 * i))));
            ring.DrainTo(files);
        }
    }

    [Fact]
    public void A_full_ring_refuses_and_takes_again_once_it_is_drained()
    {
        using var files = Files();
        var ring = new LineRing(2_048);
        Assert.False(ring.IsHalfFull);
        var taken = 0;
        while (ring.TryAppend(Records.Of("E1", $"/{taken}")))
        {
            taken++;
        }

        Assert.InRange(taken, 4, 12);
        Assert.True(ring.IsHalfFull);
        Assert.False(ring.TryAppend(Records.Of("E1")));
        ring.DrainTo(files);
        Assert.False(ring.IsHalfFull);
        Assert.True(ring.TryAppend(Records.Of("E1", "/again")));
        ring.DrainTo(files);
        files.Flush();
        Assert.Equal([.. Enumerable.Range(0, taken).Select(static i => $"/{i}"), "/again"], Paths());
    }

    [Fact]
    public void A_ring_of_nothing_takes_nothing()
    {
        using var files = Files();
        var ring = new LineRing(0);
        Assert.False(ring.TryAppend(Records.Of("E1")));
        Assert.Equal((true, false, 0), (ring.IsEmpty, ring.IsHalfFull, ring.DrainTo(files)));
    }

    [Fact]
    public void A_thread_that_records_and_one_that_drains_need_no_lock()
    {
        const int Lines = 30_000;
        using var files = Files();
        var ring = new LineRing(8_192);
        var recorder = new Thread(() =>
        {
            var wait = new SpinWait();
            for (var i = 0; i < Lines; i++)
            {
                var record = Records.Of("E1", $"/{i}/{new string('x', i % 300)}");
                while (!ring.TryAppend(record))
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }
            }
        });
        recorder.Start();
        for (var wait = new SpinWait(); recorder.IsAlive || !ring.IsEmpty; wait.SpinOnce(sleep1Threshold: -1))
        {
            ring.DrainTo(files);
        }

        files.Flush();
        Assert.Equal(Enumerable.Range(0, Lines).Select(static i => $"/{i}/{new string('x', i % 300)}"), Paths());
    }

    private AccessLogFiles Files() => new(new AccessLogOptions { Directory = _directory.Path });

    private IEnumerable<string> Paths() => File.ReadLines(_directory["E1.2026-08-07-12.log"]).Skip(2).Select(static line => line.Split('\t')[7]);
}
