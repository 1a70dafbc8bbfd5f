// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Buckets.Objects;
using Frontier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Buckets.Tests.Objects;

public sealed class DurabilityTests
{
    [Fact]
    public async Task What_was_confirmed_is_there_after_a_crash_and_what_was_not_is_there_whole_or_not_at_all()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        using var copies = new TemporaryDirectory();
        using var stop = new CancellationTokenSource();
        var confirmed = 0;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                (await host.PutAsync($"/bucket/key{i % 64}", Body(i))).Expect(200);
                Volatile.Write(ref confirmed, i);
            }
        });

        // A copy taken file by file while a writer writes is what a crash leaves, half-written bodies included.
        List<(string Path, int Confirmed)> crashes = [];
        for (var copy = 0; copy < 4; copy++)
        {
            var before = Volatile.Read(ref confirmed);
            while (Volatile.Read(ref confirmed) < before + 5)
            {
                await Task.Yield();
            }

            crashes.Add((copies[$"crash{copy}"], Volatile.Read(ref confirmed)));
            CopyTree(host.Directory, crashes[^1].Path);
        }

        await stop.CancelAsync();
        await writing;
        foreach (var (path, sure) in crashes)
        {
            await host.RestartOnAsync(path);
            var newest = -1;
            foreach (var key in (await host.SendAsync("GET", "/bucket")).Expect(200).All("Key"))
            {
                var text = (await host.SendAsync("GET", "/bucket/" + key)).Expect(200).Text;
                var number = int.Parse(text[..text.IndexOf(' ', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(Body(number), text);
                newest = Math.Max(newest, number);
            }

            Assert.True(newest >= sure, $"Write {sure} was confirmed, {newest} is the newest found.");
        }
    }

    [Fact]
    public async Task Every_torn_tail_is_cut_off_at_the_last_whole_commit()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        using var copies = new TemporaryDirectory();
        (await host.PutAsync("/bucket/first", "1")).Expect(200);
        var journal = Path.Combine(host.Directory, "bucket", "journal");
        var whole = new FileInfo(journal).Length;
        (await host.PutAsync("/bucket/second", "2")).Expect(200);
        var end = new FileInfo(journal).Length;
        for (var cut = whole; cut < end; cut += 7)
        {
            var path = copies[$"cut{cut}"];
            CopyTree(host.Directory, path);
            await using (var torn = new FileStream(Path.Combine(path, "bucket", "journal"), FileMode.Open))
            {
                torn.SetLength(cut);
            }

            await using var store = await BucketStore.OpenAsync(path, NullLogger.Instance);
            Assert.True(store.TryFind("bucket", out var bucket));
            Assert.True(bucket.Index.TryFind(ObjectKey.FromText("first"), out _));
            Assert.False(bucket.Index.TryFind(ObjectKey.FromText("second"), out _));
            Assert.Single(Directory.GetFiles(Path.Combine(path, "bucket", "bodies")));
            Assert.Equal(whole, new FileInfo(Path.Combine(path, "bucket", "journal")).Length);
        }
    }

    [Fact]
    public async Task Unfinished_files_and_buckets_are_swept_away_at_the_start()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x")).Expect(200);
        var orphan = Path.Combine(host.Directory, "bucket", "bodies", Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(orphan, "half an upload");
        Directory.CreateDirectory(Path.Combine(host.Directory, ".unfinished", "bodies"));
        await host.RestartAsync();
        Assert.False(File.Exists(orphan));
        Assert.False(Directory.Exists(Path.Combine(host.Directory, ".unfinished")));
        Assert.Equal("x", (await host.SendAsync("GET", "/bucket/key")).Expect(200).Text);
    }

    [Fact]
    public async Task A_journal_damaged_before_its_tail_is_refused()
    {
        using var directory = new TemporaryDirectory();
        await using (var store = await BucketStore.OpenAsync(directory.Path, NullLogger.Instance))
        {
            Assert.Null(await store.CreateAsync("bucket", "us-east-1", default, default));
        }

        await using (var journal = new FileStream(Path.Combine(directory.Path, "bucket", "journal"), FileMode.Append))
        {
            await journal.WriteAsync(new byte[BucketJournal.MaxBatchBytes + 1]);
        }

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => BucketStore.OpenAsync(directory.Path, NullLogger.Instance));
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_is_mostly_history_is_compacted_and_says_the_same()
    {
        using var directory = new TemporaryDirectory();
        await using (var store = await BucketStore.OpenAsync(directory.Path, NullLogger.Instance))
        {
            Assert.Null(await store.CreateAsync("bucket", "eu-west-1", default, default));
            Assert.True(store.TryFind("bucket", out var bucket));
            await bucket.CommitAsync(new SettingPut(BucketSetting.Tagging, "<Tagging/>"u8.ToArray()), "", null, default);
            await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => bucket.CommitAsync(new ObjectPut(Empty(bucket, $"key{i % 10}", i), null), "", null, default)));
        }

        var length = new FileInfo(Path.Combine(directory.Path, "bucket", "journal")).Length;
        Assert.True(length < 200_000, $"The journal has {length} bytes.");
        await using var again = await BucketStore.OpenAsync(directory.Path, NullLogger.Instance);
        Assert.True(again.TryFind("bucket", out var reopened));
        Assert.Equal("eu-west-1", reopened.Region);
        Assert.NotNull(reopened.Settings.Document(BucketSetting.Tagging));
        Assert.Equal(10, reopened.Index.LiveRecords);
        Assert.True(reopened.Index.TryFind(ObjectKey.FromText("key9"), out var last));
        Assert.Equal("4999", last.ETag);
    }

    [Fact]
    public async Task A_full_disk_is_said_to_be_full_and_leaves_nothing()
    {
        using var directory = new TemporaryDirectory();
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a device that is always full.");
        Bucket.Initialise(directory["bucket"], default, "us-east-1");
        var files = new BodyFiles(Path.Combine(directory["bucket"], "bodies"), static _ => File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write));
        await using var bucket = Bucket.Open(directory["bucket"], NullLogger.Instance, files);
        using var source = new TemporaryDirectory();
        var readable = new BodyFiles(source.Path);
        using (var handle = readable.Create(out var file))
        {
            RandomAccess.Write(handle, "some bytes"u8, 0);
            var stored = Empty(bucket, "source", 0) with { Body = new ObjectBody(readable, [new BodyPart(file, 10)]) };
            var (upload, fault) = await Buckets.Api.BodyUpload.CopyAsync(bucket.Bodies, stored, 0, 10, null, default);
            Assert.Null(upload);
            Assert.Equal(("InsufficientStorage", 507), (fault!.Error.Code, fault.Error.Status));
        }

        Assert.Empty(Directory.GetFiles(Path.Combine(directory["bucket"], "bodies")));
    }

    [Fact]
    public async Task Many_writers_of_one_key_leave_one_whole_body()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        using var stop = new CancellationTokenSource();
        (await host.PutAsync("/bucket/key", new string('x', 300_000))).Expect(200);
        var reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var text = (await host.SendAsync("GET", "/bucket/key")).Expect(200).Text;
                Assert.Equal(300_000, text.Length);
                Assert.Single(text.Distinct());
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async i => (await host.PutAsync("/bucket/key", new string((char)('a' + i), 300_000))).Expect(200)));
        await stop.CancelAsync();
        await reading;
        Assert.Single((await host.SendAsync("GET", "/bucket/key")).Text.Distinct());
        Assert.Single(Directory.GetFiles(Path.Combine(host.Directory, "bucket", "bodies")));
    }

    [Fact]
    public async Task A_reader_finishes_the_body_it_began_though_it_was_replaced()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var big = new byte[16 << 20];
        Array.Fill(big, (byte)'o');
        (await host.SendAsync("PUT", "/bucket/key", big)).Expect(200);
        using var reader = await RawConnection.OpenAsync(host.Endpoint);
        await reader.WriteHeadAsync("GET", "/bucket/key", [("Host", host.Endpoint.ToString()), ("Connection", "close"), .. host.Sign("GET", "/bucket/key", null, null, BucketHost.OwnerKey, null)]);
        var head = await reader.ReadSomeAsync();
        (await host.PutAsync("/bucket/key", "new")).Expect(200);
        var rest = await reader.ReadToEndAsync();
        var body = head.Concat(rest).Skip(Encoding.ASCII.GetString(head).IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4).ToArray();
        Assert.Equal(big, body);
        Assert.Equal("new", (await host.SendAsync("GET", "/bucket/key")).Text);
        Assert.Single(Directory.GetFiles(Path.Combine(host.Directory, "bucket", "bodies")));
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why()
    {
        await using var host = await BucketHost.StartAsync();
        using var other = new TemporaryDirectory();
        Assert.Contains("in use", (await StartAsync(BucketHost.Options(host.Directory))).Message, StringComparison.Ordinal);
        Assert.Contains($"cannot listen on {host.Endpoint}", (await StartAsync(BucketHost.Options(other.Path, host.Endpoint))).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(other["file"], "");
        Assert.Contains("cannot be created", (await StartAsync(BucketHost.Options(other["file"]))).Message, StringComparison.Ordinal);

        // The attempts left nothing locked behind.
        await using var second = await BucketServer.StartAsync(BucketHost.Options(other.Path), TimeProvider.System, NullLoggerFactory.Instance, default);
    }

    private static async Task<IOException> StartAsync(BucketOptions options) =>
        await Assert.ThrowsAsync<IOException>(() => BucketServer.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, default));

    private static string Body(int number) => $"{number} {new string((char)('a' + (number % 26)), 2000 + number)}";

    private static StoredObject Empty(Bucket bucket, string key, int tag) => new(
        ObjectKey.FromText(key), tag.ToString(System.Globalization.CultureInfo.InvariantCulture), default, new ObjectMetadata([], [], ObjectMetadata.Standard), null, new ObjectBody(bucket.Bodies, []));

    /// <summary>Copies bodies before the journal and after it: what the journal names was there in one of both moments.</summary>
    private static void CopyTree(string from, string to)
    {
        foreach (var bucket in Directory.GetDirectories(from))
        {
            var target = Path.Combine(to, Path.GetFileName(bucket));
            Directory.CreateDirectory(Path.Combine(target, "bodies"));
            CopyBodies(bucket, target);
            File.Copy(Path.Combine(bucket, "journal"), Path.Combine(target, "journal"));
            CopyBodies(bucket, target);
        }
    }

    private static void CopyBodies(string bucket, string target)
    {
        foreach (var body in Directory.GetFiles(Path.Combine(bucket, "bodies")))
        {
            try
            {
                File.Copy(body, Path.Combine(target, "bodies", Path.GetFileName(body)), overwrite: true);
            }
            catch (FileNotFoundException)
            {
                // Replaced since the directory was read.
            }
        }
    }
}
