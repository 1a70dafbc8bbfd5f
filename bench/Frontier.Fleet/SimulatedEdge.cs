// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;

namespace Frontier.Fleet;

/// <summary>Speaks the feed as an edge does, over a connection of its own, and notes when it was told what. What it is told takes effect at once.</summary>
internal sealed class SimulatedEdge(HttpClient client, int number, string token)
{
    /// <summary>What HTTP adds to an answer and a report, in bytes: heads of 120 and 200.</summary>
    private const int Overhead = 320;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, long> _versionAt = [];
    private readonly Dictionary<long, long> _positionAt = [];
    private DateTimeOffset? _createdAt;
    private long _bytes;
    private long _reports;

    public long Version { get; private set; }

    public long Position { get; private set; }

    /// <summary>Both ways.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public long Reports => Volatile.Read(ref _reports);

    /// <summary>When it served that version or a later one, as a time stamp; null for not yet.</summary>
    public long? ServedAt(long version) => FirstFrom(_versionAt, version);

    /// <summary>When it had applied the log up to there; null for not yet.</summary>
    public long? AppliedAt(long position) => FirstFrom(_positionAt, position);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isFirst = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Take(await ExchangeAsync(isFirst, cancellationToken));
                isFirst = false;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (HttpRequestException error)
            {
                await Console.Error.WriteLineAsync($"edge {number}: {error.Message}");
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task<FeedAnswer> ExchangeAsync(bool isFirst, CancellationToken cancellationToken)
    {
        var report = JsonSerializer.SerializeToUtf8Bytes(
            new EdgeReport
            {
                EdgeId = $"sim-{number:0000}",
                Pop = $"sim{number / 25}",
                SnapshotVersion = Version,
                SnapshotCreatedAt = _createdAt,
                InvalidationPosition = Position,
                AtOnce = isFirst,
                WaitMilliseconds = Random.Shared.Next(4_000, 6_000),
                Health = new NodeHealth { Requests = 5_000, HitMedianMicroseconds = 40, HitP99Microseconds = 700, LoadPercent = 30 },
            },
            ContractsJson.Default.EdgeReport);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/frontier/v1/feed") { Content = new ByteArrayContent(report) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        Interlocked.Add(ref _bytes, report.Length + body.Length + Overhead);
        Interlocked.Increment(ref _reports);
        return JsonSerializer.Deserialize(body, ContractsJson.Default.FeedAnswer)!;
    }

    private void Take(FeedAnswer answer)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if ((answer.Snapshot?.Version ?? answer.Delta?.Version) is { } version)
            {
                (Version, _createdAt) = (version, answer.Snapshot?.CreatedAt ?? answer.Delta!.CreatedAt);
                _versionAt[version] = now;
            }

            var position = answer.Invalidations.IsDefaultOrEmpty ? answer.LogEnd : answer.Invalidations[^1].Sequence;
            if (position > Position)
            {
                Position = position;
                _positionAt[position] = now;
            }
        }
    }

    private long? FirstFrom(Dictionary<long, long> times, long wanted)
    {
        lock (_gate)
        {
            return times.Where(pair => pair.Key >= wanted).Select(static pair => (long?)pair.Value).Min();
        }
    }
}
