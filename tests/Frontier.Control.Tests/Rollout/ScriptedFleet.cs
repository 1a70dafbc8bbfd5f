// SPDX-License-Identifier: Apache-2.0

using System.Net.Http.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.Rollout;

/// <summary>Edges that speak the real feed and do as a test says. They report once a second of the test's clock, and take what they are given.</summary>
internal sealed class ScriptedFleet(TestControl control)
{
    private const int Longest = 200;

    private readonly SortedDictionary<string, ScriptedEdge> _edges = new(StringComparer.Ordinal);

    public ScriptedEdge this[string id] => _edges[id];

    public ScriptedEdge Add(string id, string pop) => _edges[id] = new ScriptedEdge(id, pop);

    /// <summary>What the edges serve, in order of their ids.</summary>
    public string Versions => string.Join(' ', _edges.Values.Select(static edge => edge.Version));

    /// <summary>A second passes, and every edge that lives reports.</summary>
    public async Task StepAsync()
    {
        await control.PassSecondAsync();
        foreach (var edge in _edges.Values.Where(static edge => !edge.IsDead))
        {
            using var response = await control.PostReportAsync(edge.Report());
            edge.Take((await response.Content.ReadFromJsonAsync(ContractsJson.Default.FeedAnswer))!);
        }
    }

    /// <summary>Seconds pass until it is so; at most 200.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var second = 0; second < Longest; second++)
        {
            await StepAsync();
            if (await condition())
            {
                return;
            }
        }

        Assert.Fail($"It did not come about. Versions: {Versions}. {(await control.CallOwnAsync("GET", "rollout")).Body}");
    }

    public Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public Task UntilStatusAsync(string status) => UntilAsync(async () => (await control.CallOwnAsync("GET", "rollout")).Json().GetProperty("status").GetString() == status);

    public async Task PassAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await StepAsync();
        }
    }
}

/// <summary>One of them.</summary>
internal sealed class ScriptedEdge(string id, string pop)
{
    private DateTimeOffset? _createdAt;
    private SnapshotRefusal? _refused;

    public long Version { get; private set; }

    public long Position { get; private set; }

    /// <summary>Every version that it was sent.</summary>
    public List<long> Sent { get; } = [];

    /// <summary>The version that it refuses.</summary>
    public long Refuses { get; set; }

    /// <summary>The version that ends it.</summary>
    public long DiesBy { get; set; }

    public bool IsDead { get; set; }

    /// <summary>How it fares, by the version that it serves.</summary>
    public Func<long, NodeHealth> Health { get; set; } = static _ => new NodeHealth { Requests = 100, HitP99Microseconds = 1_000 };

    public EdgeReport Report() => new()
    {
        EdgeId = id,
        Pop = pop,
        SnapshotVersion = Version,
        SnapshotCreatedAt = _createdAt,
        InvalidationPosition = Position,
        Refused = _refused,
        AtOnce = true,
        Health = Health(Version),
    };

    public void Take(FeedAnswer answer)
    {
        Position = answer.LogEnd;
        if ((answer.Snapshot?.Version ?? answer.Delta?.Version) is not { } version)
        {
            return;
        }

        Sent.Add(version);
        if (version == Refuses)
        {
            _refused = new SnapshotRefusal(version, ["It makes me ill."]);
            return;
        }

        (Version, _createdAt, IsDead) = (version, answer.Snapshot?.CreatedAt ?? answer.Delta!.CreatedAt, version == DiesBy);
    }
}
