// SPDX-License-Identifier: Apache-2.0

using System.Net.Http.Json;
using System.Text;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Rollout;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>
/// A configuration that the API accepts and that harms the edge which loads it, in front of a real control plane: two more edges speak its feed,
/// of which one does what a poisoned edge does. The real edge is in another point of presence, and its viewers must never see it.
/// </summary>
public sealed class RolloutTests
{
    [Theory]
    [InlineData(true, "a-1 refused it")]
    [InlineData(false, "a-1 answers")]
    public async Task A_poisoned_configuration_stops_at_the_first_edge_and_is_taken_back_in_one_step(bool refuses, string reason)
    {
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path, "--rollout", "waves", "--wave-time", "1");
        using var client = Client.Of(frontier);
        await using var origin = ScriptedOrigin.Start();
        origin.On("/page").Reply(200, "from the origin", ("Cache-Control", "max-age=60"));
        await using var canary = FeedEdge.Start(frontier, data, "a-1");
        await using var beside = FeedEdge.Start(frontier, data, "a-2");
        await Eventually.IsTrueAsync(() => canary.IsHeard && beside.IsHeard);
        var document = Documents.OfOrigin("story", origin.Port);
        var site = await client.MakeSiteAsync(document);
        await Eventually.IsTrueAsync(async () => (await RunAsync(frontier, data, "status")).Output.Contains("Every edge gets version 1", StringComparison.Ordinal));

        canary.IsPoisonedBy(version: 2, refuses);
        await UpdateAsync(client, site, document.Replace("<Enabled>true</Enabled>", "<Enabled>false</Enabled>", StringComparison.Ordinal));
        await Eventually.IsTrueAsync(async () => (await RunAsync(frontier, data, "status")).ExitCode == 2);

        var status = await RunAsync(frontier, data, "status");
        Assert.Contains("Halted: version 2 goes to no edge; all have version 1, or are being sent it.", status.Output, StringComparison.Ordinal);
        Assert.Contains(reason, status.Output, StringComparison.Ordinal);
        await Eventually.IsTrueAsync(() => canary.Version == 1);
        Assert.Equal((1L, "from the origin"), (beside.Newest, (await client.GetAsync(site.Domain, "/page")).Expect(200).Text));

        Assert.Contains("Every edge gets version 3", (await RunAsync(frontier, data, "rollback")).Output, StringComparison.Ordinal);
        await Eventually.IsTrueAsync(() => (canary.Version, beside.Version) == (3, 3));
        Assert.Contains("<Enabled>true</Enabled>", (await client.GetDistributionAsync(site.Id)).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal("from the origin", (await client.GetAsync(site.Domain, "/page")).Expect(200).Text);
        var refused = await RunAsync(frontier, data, "resume");
        Assert.Equal((1, "It is not halted."), (refused.ExitCode, refused.Error.Trim()));
    }

    [Theory]
    [InlineData(true, RolloutMode.AtOnce)]
    [InlineData(false, RolloutMode.Waves)]
    public void A_fleet_rolls_out_in_waves_and_one_process_at_once_unless_told_otherwise(bool isLaptop, RolloutMode mode)
    {
        Assert.Equal(mode, UpSettings.Read(new Dictionary<string, string?>(), isLaptop).Rollout.Mode);
        Assert.Equal(RolloutMode.AtOnce, UpSettings.Read(new Dictionary<string, string?> { ["rollout"] = "at-once" }, isLaptop).Rollout.Mode);
        Assert.Equal(RolloutMode.Waves, UpSettings.Read(new Dictionary<string, string?> { ["rollout"] = "waves" }, isLaptop).Rollout.Mode);
    }

    [Theory]
    [InlineData("--rollout", "slowly", "give waves")]
    [InlineData("--wave-time", "0", "give a number of seconds from 1 to 3600")]
    public async Task A_start_with_a_wrong_flag_says_what_to_give(string flag, string value, string advice)
    {
        using var data = new TemporaryDirectory();

        var result = await FrontierProcess.RunUpAsync(data.Path, flag, value);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(advice, result.Error, StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(FrontierProcess frontier, TemporaryDirectory data, string what) =>
        FrontierProcess.RunAsync("rollout", what, "--endpoint", frontier.Addresses.GetProperty("api").GetString()!, "--data", data.Path);

    private static async Task UpdateAsync(Client client, Site site, string document)
    {
        var etag = (await client.GetDistributionAsync(site.Id)).Expect(200).Headers["ETag"];
        (await client.CloudFront.SendAsync(HttpMethod.Put, $"/2020-05-31/distribution/{site.Id}/config", Encoding.UTF8.GetBytes(document), etag)).Expect(200);
    }

    /// <summary>Speaks the feed from this process, as fast as it is answered.</summary>
    private sealed class FeedEdge : IAsyncDisposable
    {
        private readonly HttpClient _client;
        private readonly CancellationTokenSource _stopping = new();
        private readonly string _id;
        private readonly Task _running;
        private long _poison = -1;
        private bool _refuses;
        private SnapshotRefusal? _refused;
        private DateTimeOffset? _createdAt;

        private FeedEdge(Uri control, string token, string id)
        {
            _client = new HttpClient { BaseAddress = control };
            _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            _id = id;
            _running = RunAsync();
        }

        public bool IsHeard { get; private set; }

        public long Version { get; private set; }

        /// <summary>The newest version that it was sent.</summary>
        public long Newest { get; private set; }

        public static FeedEdge Start(FrontierProcess frontier, TemporaryDirectory data, string id) =>
            new(new Uri(frontier.Addresses.GetProperty("api").GetString()!), File.ReadAllText(data["secrets/edge-token"]).Trim(), id);

        public void IsPoisonedBy(long version, bool refuses) => (_poison, _refuses) = (version, refuses);

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _running;
            _client.Dispose();
            _stopping.Dispose();
        }

        private async Task RunAsync()
        {
            try
            {
                while (true)
                {
                    var report = new EdgeReport
                    {
                        EdgeId = _id,
                        Pop = "AAA1",
                        SnapshotVersion = Version,
                        SnapshotCreatedAt = _createdAt,
                        InvalidationPosition = 0,
                        Refused = _refused,
                        WaitMilliseconds = 300,
                        Health = new NodeHealth { Requests = 200, ServerErrors = Version == _poison ? 20 : 0, HitP99Microseconds = 900 },
                    };
                    using var response = await _client.PostAsJsonAsync("/frontier/v1/feed", report, ContractsJson.Default.EdgeReport, _stopping.Token);
                    Take((await response.Content.ReadFromJsonAsync(ContractsJson.Default.FeedAnswer, _stopping.Token))!);
                    IsHeard = true;
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        private void Take(FeedAnswer answer)
        {
            if ((answer.Snapshot?.Version ?? answer.Delta?.Version) is not { } version)
            {
                return;
            }

            Newest = Math.Max(Newest, version);
            if (version == _poison && _refuses)
            {
                _refused = new SnapshotRefusal(version, ["It makes me ill."]);
                return;
            }

            (Version, _createdAt) = (version, answer.Snapshot?.CreatedAt ?? answer.Delta!.CreatedAt);
        }
    }
}
