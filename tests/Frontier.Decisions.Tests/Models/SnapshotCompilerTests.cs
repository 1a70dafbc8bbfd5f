// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Models;

/// <summary>A snapshot is compiled whole or refused whole, with every fault named (<c>design.md</c> §8).</summary>
public sealed class SnapshotCompilerTests
{
    [Fact]
    public void A_snapshot_without_faults_is_compiled_with_everything_resolved()
    {
        var config = Sample.DistributionConfig with
        {
            DefaultRootObject = "index.html",
            Behaviors = [Sample.BehaviorConfig with { PathPattern = "/api/*", OriginRequestPolicyId = "orp", AllowedMethods = ["GET", "HEAD", "POST"] }],
            ErrorResponses = [new ErrorResponseConfig(404, 60)],
        };
        Assert.True(SnapshotCompiler.Compile(Sample.Snapshot(config)).Table!.TryFind(config.DomainName, out var distribution));

        Assert.Equal("orp", distribution.Behaviors[0].OriginRequestPolicy.Id);
        Assert.Equal("cp", distribution.DefaultBehavior.CachePolicy.Id);
        Assert.Equal("o", distribution.DefaultBehavior.Origin.Id);
        Assert.Equal(TimeSpan.FromSeconds(60), distribution.ErrorCaching(404));
        Assert.Equal(TimeSpan.FromSeconds(10), distribution.ErrorCaching(503)); // DP-19.1
    }

    [Fact]
    public void The_empty_snapshot_is_a_snapshot()
    {
        var result = SnapshotCompiler.Compile(new ConfigSnapshot { Version = 0, CreatedAt = DateTimeOffset.UnixEpoch });

        Assert.True(result.Succeeded);
        Assert.Equal(0, result.Table.Distributions);
    }

    [Fact]
    public void A_format_of_the_future_is_refused()
    {
        var result = SnapshotCompiler.Compile(Sample.Snapshot() with { Format = ConfigSnapshot.CurrentFormat + 1 });

        Assert.False(result.Succeeded);
        Assert.Contains($"format {ConfigSnapshot.CurrentFormat + 1};", Assert.Single(result.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_every_distribution_is_reported_at_once()
    {
        var result = SnapshotCompiler.Compile(Sample.Snapshot(
            Sample.DistributionConfig with
            {
                Id = "A",
                Aliases = ["www.example.com"],
                Origins = [Sample.Origin, Sample.Origin],
                DefaultBehavior = Sample.BehaviorConfig with { TargetOriginId = "nowhere", CachePolicyId = "nothing", OriginRequestPolicyId = "neither" },
                Behaviors = [Sample.BehaviorConfig with { PathPattern = "/x", CachePolicyId = "nothing" }],
                ErrorResponses = [new ErrorResponseConfig(404, 1), new ErrorResponseConfig(404, 2)],
            },
            Sample.DistributionConfig with { Id = "B", DomainName = "d2.frontier.localhost", Aliases = ["www.example.com"] },
            Sample.DistributionConfig with { Id = "B", DomainName = "d2.frontier.localhost" }));

        Assert.False(result.Succeeded);
        Assert.Equal(
            [
                "Distribution A has two origins with the id o.",
                "Distribution A says twice what becomes of status 404.",
                "Distribution A, behavior *: there is no origin nowhere.",
                "Distribution A, behavior *: there is no cache policy nothing.",
                "Distribution A, behavior *: there is no origin request policy neither.",
                "Distribution A, behavior /x: there is no cache policy nothing.",
                "Distribution B: the name www.example.com belongs to distribution A already.",
                "There are two distributions with the id B.",
                "Distribution B: the name d2.frontier.localhost belongs to distribution B already.",
            ],
            result.Faults);
    }

    [Fact]
    public void Two_policies_of_one_id_are_a_fault()
    {
        var result = SnapshotCompiler.Compile(Sample.Snapshot(Sample.DistributionConfig) with
        {
            CachePolicies = [Sample.CachePolicy, Sample.CachePolicy],
            OriginRequestPolicies = [Sample.OriginRequestPolicy, Sample.OriginRequestPolicy],
        });

        Assert.Equal(["There are two cache policies with the id cp.", "There are two origin request policies with the id orp."], result.Faults);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3_153_600_001)]
    [InlineData(long.MaxValue)]
    public void A_time_to_live_out_of_bounds_is_a_fault_and_no_exception(long seconds)
    {
        var result = SnapshotCompiler.Compile(Sample.Snapshot(Sample.DistributionConfig) with { CachePolicies = [Sample.CachePolicy with { DefaultTtl = seconds }] });

        Assert.Equal($"Cache policy cp: DefaultTTL ({seconds}) is not between 0 and 3153600000 seconds.", Assert.Single(result.Faults));
    }

    [Theory]
    [InlineData(Selection.All)]
    [InlineData(Selection.AllExcept)]
    public void A_key_of_all_headers_is_a_fault(Selection selection)
    {
        var result = SnapshotCompiler.Compile(Sample.Snapshot(Sample.DistributionConfig) with
        {
            CachePolicies = [Sample.CachePolicy with { Headers = new SelectionConfig(selection, []) }],
        });

        Assert.Contains("headers are taken by " + selection, Assert.Single(result.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_survives_its_JSON_form()
    {
        var snapshot = Sample.Snapshot(Sample.DistributionConfig with { Aliases = ["*.example.com"], Origins = [Sample.S3Origin] });
        var json = JsonSerializer.Serialize(snapshot, ContractsJson.Default.ConfigSnapshot);
        var again = JsonSerializer.Deserialize(json, ContractsJson.Default.ConfigSnapshot)!;

        Assert.Equal(json, JsonSerializer.Serialize(again, ContractsJson.Default.ConfigSnapshot));
        Assert.True(SnapshotCompiler.Compile(again).Table!.TryFind("a.example.com", out var distribution));
        Assert.True(distribution.DefaultBehavior.Origin.IsS3);
    }
}
