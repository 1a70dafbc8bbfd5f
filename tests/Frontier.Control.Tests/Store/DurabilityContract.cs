// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using Frontier.Control.Store;

namespace Frontier.Control.Tests.Store;

/// <summary>What every store must do for a process that is killed while it writes: what was acknowledged survives. Each store's test project derives from it.</summary>
public abstract class DurabilityContract
{
    /// <summary>A process that starts and writes on a busy machine; only a failing test waits so long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private const string LocationVariable = "FRONTIER_TEST_STORE";

    /// <summary>Where a new, empty store may be made; gone when disposed of.</summary>
    protected abstract Task<IAsyncDisposable> NewLocationAsync();

    protected abstract string Name(IAsyncDisposable location);

    /// <param name="name">The name of a location, in whatever process.</param>
    protected abstract Task<IControlStore> OpenAsync(string name);

    [Fact]
    public async Task Everything_acknowledged_is_there_after_the_writer_is_killed()
    {
        await using var location = await NewLocationAsync();
        using var child = StartWriter(Name(location));
        var acknowledged = await ReadAcknowledgedAsync(child, enough: 200);

        child.Kill();
        await child.WaitForExitAsync();
        acknowledged.AddRange(Parse(await child.StandardOutput.ReadToEndAsync()));

        await using var store = await OpenAsync(Name(location));
        var log = await store.ReadLogAsync(0, int.MaxValue, int.MaxValue, default);
        Assert.Equal(Enumerable.Range(1, log.Length).Select(number => (long)number), log.Select(row => row.Sequence));
        Assert.True(acknowledged.Count >= 200 && acknowledged.Max() <= log.Length, $"{acknowledged.Max()} were acknowledged, {log.Length} are there.");
        Assert.Equal(log.Length, (await store.ReadHeadAsync(default)).LogEnd);

        // Each entry of the audit log went with its change: neither is there without the other.
        var audit = await store.ReadAuditAsync(new AuditQuery(long.MaxValue, int.MaxValue), default);
        Assert.Equal(log.Select(row => row.Id).Order(StringComparer.Ordinal), audit.Select(row => row.RequestId).Order(StringComparer.Ordinal));
    }

    /// <summary>Not a test by itself: the process that the test above starts and kills.</summary>
    [Fact(Explicit = true)]
    public async Task Write_until_killed()
    {
        await using var store = await OpenAsync(Environment.GetEnvironmentVariable(LocationVariable)!);
        var row = new ResourceRow { Kind = ResourceKind.Distribution, Id = "E1", ETag = "A", Body = "<x/>", ModifiedAt = default };
        await store.ChangeResourceAsync(new ResourceChange { Verb = ChangeVerb.Create, Row = row, BaseVersion = 0 }, default);
        await using var output = Console.OpenStandardOutput();
        await using var writer = new StreamWriter(output) { AutoFlush = true };
        var writers = Enumerable.Range(0, 4).Select(async lane =>
        {
            for (var i = 0; ; i++)
            {
                var invalidation = new InvalidationRow
                {
                    DistributionId = "E1",
                    Id = $"I{lane}x{i}",
                    CallerReference = $"{lane}/{i}",
                    Paths = ["/a"],
                    EffectivePaths = ["/a"],
                    CreatedAt = default,
                };
                var appended = await store.AppendInvalidationAsync(new NewInvalidation(invalidation, int.MaxValue, int.MaxValue, int.MaxValue) { Audit = Call(invalidation.Id) }, default);
                lock (writer)
                {
                    writer.WriteLine($"ack {appended.Row!.Sequence}");
                }
            }
        });
        await Task.WhenAll(writers);
    }

    private static AuditCall Call(string id) => new(default, "K1", "::1", "CreateInvalidation", id, int.MaxValue);

    private Process StartWriter(string name)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "-explicit", "only", "-method", $"{GetType().FullName}.{nameof(Write_until_killed)}" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[LocationVariable] = name;
        return Process.Start(start)!;
    }

    private static async Task<List<long>> ReadAcknowledgedAsync(Process child, int enough)
    {
        using var deadline = new CancellationTokenSource(Longest);
        var acknowledged = new List<long>();
        while (acknowledged.Count < enough)
        {
            var line = await child.StandardOutput.ReadLineAsync(deadline.Token) ?? throw new InvalidOperationException("The writer ended by itself.");
            acknowledged.AddRange(Parse(line));
        }

        return acknowledged;
    }

    /// <summary>A line that the kill cut short ends in fewer digits and so in a smaller number: no more than was acknowledged.</summary>
    private static IEnumerable<long> Parse(string text) =>
        from line in text.Split('\n')
        where line.StartsWith("ack ", StringComparison.Ordinal) && line.Length > 4
        select long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
}
