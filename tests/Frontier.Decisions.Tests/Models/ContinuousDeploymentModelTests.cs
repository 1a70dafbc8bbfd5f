// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Models;

/// <summary>A primary distribution is compiled with its staging distribution, whatever the order they come in.</summary>
public sealed class ContinuousDeploymentModelTests
{
    private static readonly DistributionConfig Staging = Sample.DistributionConfig with { Id = "ESTAGING", DomainName = "d2.frontier.localhost", Staging = true };

    private static readonly DistributionConfig Primary = Sample.DistributionConfig with
    {
        ContinuousDeployment = new ContinuousDeploymentConfig { PolicyId = "p", StagingDistributionId = Staging.Id, Weight = 0.1 },
    };

    [Fact]
    public void A_primary_holds_its_staging_distribution_and_neither_takes_the_straight_path()
    {
        foreach (var snapshot in new[] { Sample.Snapshot(Primary, Staging), Sample.Snapshot(Staging, Primary) })
        {
            var table = SnapshotCompiler.Compile(snapshot).Table!;
            Assert.True(table.TryFind(Primary.DomainName, out var primary));
            Assert.True(table.TryFind(Staging.DomainName, out var staging));
            Assert.Same(staging, primary.Deployment!.Staging);
            Assert.Equal((false, false, true), (primary.IsStraight, staging.IsStraight, staging.IsStaging));
        }

        Assert.True(Sample.Distribution().IsStraight);
    }

    [Fact]
    public void A_policy_that_no_edge_could_follow_is_a_fault()
    {
        Assert.Contains("there is no staging distribution ESTAGING", Assert.Single(SnapshotCompiler.Compile(Sample.Snapshot(Primary)).Faults), StringComparison.Ordinal);
        Assert.Single(SnapshotCompiler.Compile(Sample.Snapshot(Primary, Staging with { Staging = false })).Faults);
        Assert.Contains("weight", Assert.Single(SnapshotCompiler.Compile(Sample.Snapshot(Primary with { ContinuousDeployment = Primary.ContinuousDeployment! with { Weight = 1.5 } }, Staging)).Faults), StringComparison.Ordinal);
        Assert.Contains("weight", Assert.Single(SnapshotCompiler.Compile(Sample.Snapshot(Primary with { ContinuousDeployment = Primary.ContinuousDeployment! with { Weight = double.NaN } }, Staging)).Faults), StringComparison.Ordinal);
        Assert.NotEmpty(SnapshotCompiler.Compile(Sample.Snapshot(Primary with { Staging = true, Id = "E9", DomainName = "d9.frontier.localhost" }, Staging)).Faults);
    }
}
